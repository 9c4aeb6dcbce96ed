#include "reference/smtp/outgoing_message.hpp"

#include <fmt/format.h>

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
  return found;
}

std::optional<Reply> why_unsendable(const ContentProperties& content, const Capabilities& offered) {
  if (content.malformed) {
    return Reply(554, {5, 6, 0}, "the message holds a bare CR, a bare LF or a NUL");
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

std::string mail_line(const Path& reverse_path, const ContentProperties& content,
                      const Capabilities& offered) {
  std::string line = "MAIL FROM:" + to_wire(reverse_path);
  if (offered.size) line += fmt::format(" SIZE={}", content.size_bytes);
  if (offered.eight_bit_mime && content.eight_bit) line += " BODY=8BITMIME";
  return line + "\r\n";
}

std::string rcpt_line(const Recipient& recipient) {
  return "RCPT TO:" + to_wire(recipient.path) + "\r\n";
}

}  // namespace sealgate::smtp
