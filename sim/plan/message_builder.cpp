#include "sim/plan/message_builder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/plan/canary.hpp"

namespace sealcheck::plan {
namespace {

constexpr std::size_t telling_line_octets = 20;  // shorter ones turn up by accident
constexpr std::size_t line_canaries_max = 50;

void add_envelope_canaries(Message& message) {
  message.canaries.push_back({"sender", message.sender});
  for (const std::string& recipient : message.recipients)
    message.canaries.push_back({"recipient", recipient});
}

std::string to_crlf(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')) result += '\r';
    result += text[i];
  }
  if (!result.ends_with("\r\n")) result += "\r\n";
  return result;
}

// Numbered lines, so that what is lost or comes twice would show.
std::string filler(std::size_t size) {
  std::string text;
  for (std::size_t line = 1; text.size() < size; ++line)
    text += fmt::format("{:08} of the lines that only make this message long.\r\n", line);
  return text;
}

// The field's first line: enough for an identifier, which is never folded inside.
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

}  // namespace

void build_message(Message& message, const MessageText& text, const std::string& scenario_id) {
  const std::string domain = message.sender.substr(message.sender.find('@') + 1);
  const std::string subject = make_canary(scenario_id, message.name, "subject");
  const std::string body = make_canary(scenario_id, message.name, "body");
  message.message_id = fmt::format("<{}.{}@{}>", message.name,
                                   make_canary(scenario_id, message.name, "message-id"), domain);
  std::string to;
  for (const std::string& recipient : message.recipients)
    to += (to.empty() ? "<" : ",\r\n <") + recipient + ">";
  const bool ascii = std::all_of(text.body.begin(), text.body.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  message.content = fmt::format(
      "Date: Mon, 2 Mar 2026 09:00:00 +0000\r\n"
      "From: <{}>\r\n"
      "To: {}\r\n"
      "Message-ID: {}\r\n"
      "Subject: {} {}\r\n"
      "MIME-Version: 1.0\r\n"
      "Content-Type: text/plain; charset=utf-8\r\n"
      "Content-Transfer-Encoding: {}\r\n"
      "\r\n"
      "{}{}{}\r\n",
      message.sender, to, message.message_id, text.subject, subject, ascii ? "7bit" : "8bit",
      to_crlf(text.body), filler(text.filler_bytes), body);
  message.canaries = {{"subject", subject}, {"body", body}};
  add_envelope_canaries(message);
}

void adopt_message(Message& message, std::string file_content) {
  message.content = to_crlf(file_content);
  const std::string_view content = message.content;
  const std::size_t header_end = std::min(content.find("\r\n\r\n"), content.size());
  const std::string_view header = content.substr(0, header_end);
  message.message_id = header_value(header, "Message-ID");
  const std::string subject = header_value(header, "Subject");
  message.canaries.clear();
  if (subject.size() >= 8) message.canaries.push_back({"subject", subject});
  std::string_view body = content.substr(std::min(header_end + 4, content.size()));
  // What stands before the first boundary is a stock sentence that many programs write (RFC 2046).
  if (header_value(header, "Content-Type").starts_with("multipart/"))
    body = body.substr(std::min(body.find("\r\n--"), body.size()));
  while (!body.empty() && message.canaries.size() < line_canaries_max) {
    const std::size_t end = std::min(body.find("\r\n"), body.size());
    const std::string_view line = body.substr(0, end);
    // Part headers and boundaries say nothing about the content.
    const bool structure = line.starts_with("--") || line.starts_with("Content-") ||
                           line.starts_with(" ") || line.starts_with("\t");
    if (line.size() >= telling_line_octets && !structure)
      message.canaries.push_back({"body", std::string(line)});
    body.remove_prefix(std::min(end + 2, body.size()));
  }
  add_envelope_canaries(message);
}

}  // namespace sealcheck::plan
