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

struct OutgoingMessage {
  Path reverse_path;
  std::vector<Recipient> recipients;  ///< at least one
  std::string content;                ///< lines ended by CRLF, dots not doubled
  bool smtp_utf8 = false;             ///< it was received as such (RFC 6531)
  Return ret = Return::unspecified;   ///< RET and ENVID go on to a server that offers DSN
  std::string envelope_id = {};
};

struct ContentProperties {
  std::uint64_t size_bytes = 0;  ///< with the CRLF that a last line without one will get
  bool eight_bit = false;        ///< an octet above 127
  bool malformed = false;        ///< a bare CR, a bare LF or a NUL
  bool utf8_header = false;      ///< an octet above 127 in front of the body
};
ContentProperties examine(std::string_view content);

/// Whether this transaction asks for SMTPUTF8: an address in its envelope is internationalised, or
/// the message came with SMTPUTF8 and its header is not ASCII (RFC 6531 section 3.2). A message
/// that was only announced with it goes without.
bool needs_smtp_utf8(const OutgoingMessage& message, const ContentProperties& content);

/// Why this server can never be sent this message, as a permanent reply of our own making:
/// 554 5.6.0 malformed content, 553 5.6.7 SMTPUTF8 needed and not offered (RFC 6531 section 3.5),
/// 554 5.6.3 8-bit content without 8BITMIME (RFC 6152 section 3), 552 5.3.4 larger than SIZE (RFC
/// 1870 section 6.1). nullopt: it can. Nothing is converted: a signature would break, and what is
/// encrypted cannot be.
std::optional<Reply> why_unsendable(const OutgoingMessage& message,
                                    const ContentProperties& content, const Capabilities& offered);

/// "MAIL FROM:<…> SIZE=… BODY=8BITMIME SMTPUTF8 RET=… ENVID=…\r\n": SIZE, RET and ENVID where
/// offered; BODY and SMTPUTF8 where needed. And "RCPT TO:<…> NOTIFY=… ORCPT=…\r\n".
std::string mail_line(const OutgoingMessage& message, const ContentProperties& content,
                      const Capabilities& offered);
std::string rcpt_line(const Recipient& recipient, const Capabilities& offered);

}  // namespace sealgate::smtp
