#include "fakes/core/header_fields.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

namespace fakes {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::string trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return std::string(text);
}

HeaderLine field_of(std::string_view raw) {
  HeaderLine line{{}, {}, std::string(raw)};
  const std::size_t colon = raw.find(':');
  if (colon == raw.npos || is_space(raw.front())) return line;
  line.name = trimmed(raw.substr(0, colon));
  std::string unfolded;
  for (const char c : raw.substr(colon + 1)) {
    if (c != '\r' && c != '\n') unfolded += c;
  }
  line.value = trimmed(unfolded);
  return line;
}

}  // namespace

std::string SplitMessage::text() const {
  std::string all;
  for (const HeaderLine& line : header) all += line.raw;
  return all + "\r\n" + body;
}

void SplitMessage::remove(std::string_view name) {
  std::erase_if(header, [&](const HeaderLine& line) { return same_name(line.name, name); });
}

void SplitMessage::add_first(const std::string& name, const std::string& value) {
  header.insert(header.begin(), {name, value, name + ": " + value + "\r\n"});
}

SplitMessage split_message(std::string_view message) {
  SplitMessage parts;
  std::string raw;
  while (!message.empty()) {
    const std::size_t end = std::min(message.find('\n'), message.size() - 1) + 1;
    const std::string_view line = message.substr(0, end);
    message.remove_prefix(end);
    const bool empty = line == "\r\n" || line == "\n";
    if (!raw.empty() && (empty || !is_space(line.front())))
      parts.header.push_back(field_of(std::exchange(raw, {})));
    if (empty) break;
    raw += line;
  }
  if (!raw.empty()) parts.header.push_back(field_of(raw));
  parts.body = message;
  return parts;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) == std::tolower(y);
  });
}

}  // namespace fakes
