#include "reference/smtp/outgoing_message.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sealgate::smtp {

ContentProperties examine(std::string_view content) {
  ContentProperties found;
  found.size_bytes = content.size();
  for (std::size_t i = 0; i < content.size(); ++i) {
    const char c = content[i];
    if (static_cast<unsigned char>(c) > 127) found.eight_bit = true;
    if (c == '\0') found.malformed = true;
    if (c == '\r' && (i + 1 == content.size() || content[i + 1] != '\n')) found.malformed = true;
    if (c == '\n' && (i == 0 || content[i - 1] != '\r')) found.malformed = true;
  }
  if (!content.empty() && content.back() != '\n') found.size_bytes += 2;
  if (found.eight_bit) {
    const std::string_view header = content.substr(0, content.find("\r\n\r\n"));
    found.utf8_header = std::any_of(header.begin(), header.end(),
                                    [](char c) { return static_cast<unsigned char>(c) > 127; });
  }
  return found;
}

bool needs_smtp_utf8(const OutgoingMessage& message, const ContentProperties& content) {
  if (message.smtp_utf8 && content.utf8_header) return true;
  return !is_ascii(message.reverse_path) ||
         std::any_of(message.recipients.begin(), message.recipients.end(),
                     [](const Recipient& recipient) { return !is_ascii(recipient.path); });
}

std::optional<Reply> why_unsendable(const OutgoingMessage& message,
                                    const ContentProperties& content, const Capabilities& offered) {
  if (content.malformed) {
    return Reply(554, {5, 6, 0}, "the message holds a bare CR, a bare LF or a NUL");
  }
  if (!offered.smtputf8 && needs_smtp_utf8(message, content)) {
    return Reply(553, {5, 6, 7}, "internationalised mail, and the next server offers no SMTPUTF8");
  }
  if (content.eight_bit && !offered.eight_bit_mime) {
    return Reply(554, {5, 6, 3}, "8-bit content, and the next server does not offer 8BITMIME");
  }
  if (offered.size_max_bytes && content.size_bytes > *offered.size_max_bytes) {
    return Reply(552, {5, 3, 4},
                 fmt::format("{} octets, and the next server takes {}", content.size_bytes,
                             *offered.size_max_bytes));
  }
  return {};
}

std::string mail_line(const OutgoingMessage& message, const ContentProperties& content,
                      const Capabilities& offered) {
  std::string line = "MAIL FROM:" + to_wire(message.reverse_path);
  if (offered.size) line += fmt::format(" SIZE={}", content.size_bytes);
  if (offered.eight_bit_mime && content.eight_bit) line += " BODY=8BITMIME";
  if (offered.smtputf8 && needs_smtp_utf8(message, content)) line += " SMTPUTF8";
  if (offered.dsn) {  // RFC 3461 section 5.2.1
    if (message.ret != Return::unspecified) line += fmt::format(" RET={}", to_word(message.ret));
    if (!message.envelope_id.empty()) line += " ENVID=" + message.envelope_id;
  }
  return line + "\r\n";
}

std::string rcpt_line(const Recipient& recipient, const Capabilities& offered) {
  std::string line = "RCPT TO:" + to_wire(recipient.path);
  if (offered.dsn) {
    if (recipient.notify.given) line += " NOTIFY=" + to_text(recipient.notify);
    if (!recipient.original_recipient.empty()) line += " ORCPT=" + recipient.original_recipient;
  }
  return line + "\r\n";
}

}  // namespace sealgate::smtp
