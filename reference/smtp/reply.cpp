#include "reference/smtp/reply.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <utility>

namespace sealgate::smtp {
namespace {

constexpr std::size_t line_octets_max = 512;  // RFC 5321 section 4.5.3.1.5, CRLF included

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// One to three digits at the start of `text`, moved past; -1: none, or a fourth.
int take_number(std::string_view& text) {
  int value = 0;
  std::size_t digits = 0;
  for (; digits < text.size() && is_digit(text[digits]); ++digits) {
    if (digits == 3) return -1;
    value = value * 10 + (text[digits] - '0');
  }
  text.remove_prefix(digits);
  return digits == 0 ? -1 : value;
}

bool take_dot(std::string_view& text) {
  if (text.empty() || text.front() != '.') return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

Reply::Reply(int reply_code, std::string text) : code(reply_code) {
  lines.push_back(std::move(text));
}

Reply::Reply(int reply_code, EnhancedCode enhanced_code, std::string text)
    : code(reply_code), enhanced(enhanced_code) {
  lines.push_back(std::move(text));
}

ReplyClass Reply::reply_class() const {
  assert(code >= 200 && code <= 599);
  return static_cast<ReplyClass>(code / 100);
}

std::string to_wire(const Reply& reply) {
  std::string prefix;
  if (reply.enhanced) {
    prefix = fmt::format("{}.{}.{} ", reply.enhanced->status_class, reply.enhanced->subject,
                         reply.enhanced->detail);
  }
  std::string out;
  const std::size_t count = std::max<std::size_t>(reply.lines.size(), 1);
  for (std::size_t i = 0; i < count; ++i) {
    std::string line = fmt::format("{}{}{}", reply.code, i + 1 < count ? '-' : ' ', prefix);
    if (i < reply.lines.size()) line += reply.lines[i];
    if (line.size() > line_octets_max - 2) line.resize(line_octets_max - 2);
    for (char& c : line) {
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
    }
    out += line;
    out += "\r\n";
  }
  return out;
}

std::string to_text(const Reply& reply) {
  if (!reply.received()) return {};
  std::string out = fmt::format("{}", reply.code);
  if (reply.enhanced) {
    out += fmt::format(" {}.{}.{}", reply.enhanced->status_class, reply.enhanced->subject,
                       reply.enhanced->detail);
  }
  for (std::size_t i = 0; i < reply.lines.size(); ++i) {
    out += i == 0 ? " " : " / ";
    out += reply.lines[i];
  }
  return out;
}

std::optional<EnhancedCode> parse_enhanced_code(std::string_view text) {
  EnhancedCode code;
  code.status_class = take_number(text);
  if (code.status_class != 2 && code.status_class != 4 && code.status_class != 5) return {};
  if (!take_dot(text) || (code.subject = take_number(text)) < 0) return {};
  if (!take_dot(text) || (code.detail = take_number(text)) < 0) return {};
  if (!text.empty() && text.front() != ' ') return {};
  return code;
}

}  // namespace sealgate::smtp
