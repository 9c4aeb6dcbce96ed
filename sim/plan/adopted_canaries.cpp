#include "sim/plan/adopted_canaries.hpp"

#include <algorithm>

#include "sim/plan/message_builder.hpp"

namespace sealcheck::plan {
namespace {

constexpr std::size_t telling_line_octets = 20;  // shorter ones turn up by accident
constexpr std::size_t line_canaries_max = 50;

bool is_printable(std::string_view line) {
  return std::all_of(line.begin(), line.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= ' ' || c == '\t'; });
}

}  // namespace

void add_envelope_canaries(Message& message) {
  if (!message.sender.empty()) message.canaries.push_back({"sender", message.sender});
  for (const std::string& recipient : message.recipients)
    message.canaries.push_back({"recipient", recipient});
}

void add_line_canaries(Message& message, std::string_view text, const std::string& what) {
  while (!text.empty() && message.canaries.size() < line_canaries_max) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    // Part headers and boundaries say nothing about the content.
    const bool structure = line.starts_with("--") || line.starts_with("Content-") ||
                           line.starts_with(" ") || line.starts_with("\t");
    if (line.size() >= telling_line_octets && !structure && is_printable(line))
      message.canaries.push_back({what, std::string(line)});
  }
}

std::string header_value(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    const std::size_t end = std::min(header.find("\r\n"), header.size());
    const std::string_view line = header.substr(0, end);
    header.remove_prefix(std::min(end + 2, header.size()));
    if (line.size() <= name.size() || line[name.size()] != ':') continue;
    const bool same = std::equal(name.begin(), name.end(), line.begin(),
                                 [](char a, char b) { return (a | 0x20) == (b | 0x20); });
    if (!same) continue;
    const std::size_t begin = line.find_first_not_of(" \t", name.size() + 1);
    return begin == std::string_view::npos ? "" : std::string(line.substr(begin));
  }
  return {};
}

void adopt_raw_message(Message& message, std::string content) {
  message.content = std::move(content);
  const std::string_view whole = message.content;
  const std::size_t header_end = std::min(whole.find("\r\n\r\n"), whole.size());
  const std::string_view header = whole.substr(0, header_end);
  message.message_id = header_value(header, "Message-ID");
  const std::string subject = header_value(header, "Subject");
  message.canaries.clear();
  if (subject.size() >= 8) message.canaries.push_back({"subject", subject});
  std::string_view body = whole.substr(std::min(header_end + 4, whole.size()));
  // What stands before the first boundary is a stock sentence that many programs write (RFC 2046).
  if (header_value(header, "Content-Type").starts_with("multipart/"))
    body = body.substr(std::min(body.find("\r\n--"), body.size()));
  add_line_canaries(message, body, "body");
  add_envelope_canaries(message);
}

}  // namespace sealcheck::plan
