#include "reference/smtp/reply_parser.hpp"

#include <utility>

namespace sealgate::smtp {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// 2yz to 5yz (RFC 5321 section 4.2); 1yz does not exist in SMTP. The middle digit is not
/// restricted to the 0..5 of the grammar: 571 and the like are in use.
int parse_code(std::string_view line) {
  if (line.size() < 3 || line[0] < '2' || line[0] > '5') return 0;
  if (!is_digit(line[1]) || !is_digit(line[2])) return 0;
  return (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
}

/// Moves an enhanced code that all lines share out of the text (RFC 2034 section 4).
void lift_enhanced_code(Reply& reply) {
  const auto code = parse_enhanced_code(reply.lines.front());
  if (!code || code->status_class != reply.code / 100) return;
  reply.enhanced = code;
  for (std::string& line : reply.lines) {
    if (parse_enhanced_code(line) != code) continue;
    const std::size_t space = line.find(' ');
    line.erase(0, space == line.npos ? space : space + 1);
  }
}

}  // namespace

ReplyParser::ReplyParser(Limits limits) : limits_(limits), lines_(limits.line_octets_max) {}

void ReplyParser::receive(std::string_view bytes) {
  lines_.receive(bytes);
}

ReplyParser::Status ReplyParser::next(Reply& reply) {
  if (!error_.empty()) return Status::malformed;
  std::string line;
  for (;;) {
    switch (lines_.next_line(line)) {
      case LineBuffer::Status::need_input:
        return lines_.skipping() ? fail("reply line too long") : Status::need_input;
      case LineBuffer::Status::too_long:
        return fail("reply line too long");
      case LineBuffer::Status::refused:
        return fail("bare CR, bare LF or NUL in a reply");
      case LineBuffer::Status::line:
        break;
    }
    if (auto error = take_line(line); !error.empty()) return fail(std::move(error));
    if (line.size() > 3 && line[3] == '-') continue;
    lift_enhanced_code(partial_);
    reply = std::exchange(partial_, Reply{});
    return Status::complete;
  }
}

/// Adds the line to the reply; what is wrong with it, or nothing.
std::string ReplyParser::take_line(const std::string& line) {
  const int code = parse_code(line);
  // "250" alone is the end of a reply too (RFC 5321 section 4.2, last paragraphs).
  const bool separated = line.size() <= 3 || line[3] == ' ' || line[3] == '-';
  if (code == 0 || !separated) return "not an SMTP reply: " + line;
  if (!partial_.lines.empty() && code != partial_.code) {
    return "the code changes within a reply: " + line;
  }
  if (partial_.lines.size() == limits_.lines_max) return "reply with too many lines";
  partial_.code = code;
  partial_.lines.push_back(line.size() > 4 ? line.substr(4) : std::string());
  return {};
}

ReplyParser::Status ReplyParser::fail(std::string error) {
  error_ = std::move(error);
  return Status::malformed;
}

bool ReplyParser::has_input() const {
  return !lines_.empty() || !partial_.lines.empty();
}

void ReplyParser::clear() {
  lines_.clear();
  partial_ = Reply{};
  error_.clear();
}

}  // namespace sealgate::smtp
