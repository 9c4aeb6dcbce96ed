// A message on its way out with its envelope, and what decides about it before a byte is sent: is
// it fit for SMTP, and for what this server offers. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference/smtp/capabilities.hpp"
#include "reference/smtp/command.hpp"
#include "reference/smtp/reply.hpp"

namespace sealgate::smtp {

/// DSN parameters (RET, ENVID) join it here, those of a recipient in Recipient.
struct OutgoingMessage {
  Path reverse_path;
  std::vector<Recipient> recipients;  ///< at least one
  std::string content;                ///< lines ended by CRLF, dots not doubled
};

struct ContentProperties {
  std::uint64_t size_bytes = 0;  ///< with the CRLF that a last line without one will get
  bool eight_bit = false;        ///< an octet above 127
  bool malformed = false;        ///< a bare CR, a bare LF or a NUL
};
ContentProperties examine(std::string_view content);

/// Why this server can never be sent this message, as a permanent reply of our own making:
/// 554 5.6.0 malformed content, 554 5.6.3 8-bit content without 8BITMIME (RFC 6152 section 3),
/// 552 5.3.4 larger than SIZE (RFC 1870 section 6.1). nullopt: it can.
std::optional<Reply> why_unsendable(const ContentProperties& content, const Capabilities& offered);

/// "MAIL FROM:<…> SIZE=… BODY=8BITMIME\r\n": SIZE where offered; BODY where offered and the content
/// is 8-bit. And "RCPT TO:<…>\r\n".
std::string mail_line(const Path& reverse_path, const ContentProperties& content,
                      const Capabilities& offered);
std::string rcpt_line(const Recipient& recipient);

}  // namespace sealgate::smtp
