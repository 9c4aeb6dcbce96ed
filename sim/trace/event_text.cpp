#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "sim/trace/event.hpp"

namespace sealcheck::trace {
namespace {

void append_escaped(std::string& out, std::string_view text) {
  constexpr const char* digits = "0123456789abcdef";
  std::size_t plain = 0;  // where what has not been written yet begins
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x21 && byte != 0x7f && byte != '\\' && byte != '=') continue;
    out.append(text, plain, i - plain);
    out += {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
    plain = i + 1;
  }
  out.append(text, plain);
}

// "\\x3d" → "="; nothing where the escape is none.
std::optional<std::string> unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    unsigned byte = 0;
    const char* const digits = text.data() + i + 2;
    if (text.size() - i < 4 || text[i + 1] != 'x') return std::nullopt;
    const auto [end, error] = std::from_chars(digits, digits + 2, byte, 16);
    if (error != std::errc{} || end != digits + 2) return std::nullopt;
    out += static_cast<char>(byte);
    i += 3;
  }
  return out;
}

// The word up to the next blank, which is taken off `line` with it.
std::string_view take_word(std::string_view& line) {
  const std::size_t blank = std::min(line.find(' '), line.size());
  const std::string_view word = line.substr(0, blank);
  line.remove_prefix(std::min(blank + 1, line.size()));
  return word;
}

// "+900.001000000" in ns.
std::optional<std::int64_t> parse_time(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (!text.starts_with('+') || dot == std::string_view::npos || text.size() != dot + 10)
    return std::nullopt;
  std::int64_t s = 0, ns = 0;
  const char* const data = text.data();
  const auto whole = std::from_chars(data + 1, data + dot, s);
  const auto part = std::from_chars(data + dot + 1, data + text.size(), ns);
  if (whole.ec != std::errc{} || whole.ptr != data + dot || part.ec != std::errc{} ||
      part.ptr != data + text.size())
    return std::nullopt;
  return s * 1'000'000'000 + ns;
}

}  // namespace

std::string canonical_text(const Event& event) {
  std::string line = fmt::format("+{}.{:09} {} {}", event.at_ns / 1'000'000'000,
                                 event.at_ns % 1'000'000'000, event.actor, event.kind);
  for (const auto& [key, value] : event.fields) {
    line += ' ';
    line += key;
    line += '=';
    append_escaped(line, value);
  }
  if (!event.payload.empty())
    fmt::format_to(std::back_inserter(line), " #{}", event.payload.size());
  return line;
}

std::optional<Event> parse_canonical_text(std::string_view line) {
  Event event;
  const auto at = parse_time(take_word(line));
  if (!at) return std::nullopt;
  event.at_ns = *at;
  event.actor = take_word(line);
  event.kind = take_word(line);
  if (event.actor.empty() || event.kind.empty()) return std::nullopt;
  while (!line.empty()) {
    const std::string_view word = take_word(line);
    const std::size_t equals = word.find('=');
    if (equals == std::string_view::npos) {
      if (word.starts_with('#') && line.empty()) break;  // the payload's length
      return std::nullopt;
    }
    auto value = unescaped(word.substr(equals + 1));
    if (!value) return std::nullopt;
    event.fields.emplace_back(word.substr(0, equals), std::move(*value));
  }
  return event;
}

}  // namespace sealcheck::trace
