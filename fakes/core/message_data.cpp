#include "fakes/core/message_data.hpp"

#include <algorithm>

namespace fakes {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::string_view take_line(std::string_view& content) {
  const std::size_t end = content.find('\n');
  std::string_view line = content.substr(0, end);
  content.remove_prefix(end == std::string_view::npos ? content.size() : end + 1);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

/// Up to the first byte that means something inside of a line.
std::string_view plain_start(std::string_view text) {
  const auto end = std::find_if(text.begin(), text.end(),
                                [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

}  // namespace

bool MessageReader::read(std::string_view& input) {
  while (!done_ && !input.empty()) {
    const std::string_view plain = at_ == At::text ? plain_start(input) : std::string_view();
    if (plain.empty()) step(input.front());
    keep(plain);
    input.remove_prefix(std::max(plain.size(), std::size_t{1}));
  }
  return done_;
}

void MessageReader::step(char c) {
  switch (at_) {
    case At::line_start:
      at_ = At::text;
      if (c == '.') {
        at_ = At::dot;  // the end, or a dot to be dropped
        return;
      }
      break;
    case At::dot:
      at_ = At::text;
      if (c == '\r') {
        at_ = At::dot_cr;
        return;
      }
      break;
    case At::dot_cr:
      if (c == '\n') {
        done_ = true;
        return;
      }
      [[fallthrough]];
    case At::cr:
      keep("\r");
      if (c == '\n') {
        keep("\n");
        at_ = At::line_start;
        return;
      }
      ++bare_cr_;
      at_ = At::text;
      break;
    case At::text:
      break;
  }
  if (c == '\r') {
    at_ = At::cr;
    return;
  }
  if (c == '\n') ++bare_lf_;
  if (c == '\0') ++nul_;
  keep({&c, 1});
}

void MessageReader::keep(std::string_view bytes) {
  content_ += bytes.substr(0, limit_ - std::min(limit_, bytes_));
  bytes_ += bytes.size();
}

std::string with_final_dot(std::string_view content) {
  std::string bytes;
  bytes.reserve(content.size() + content.size() / 64 + 5);
  while (!content.empty()) {
    if (content.front() == '.') bytes += '.';
    const std::size_t end = std::min(content.find("\r\n"), content.size());
    bytes += content.substr(0, end);
    bytes += "\r\n";  // the last line, too
    content.remove_prefix(std::min(end + 2, content.size()));
  }
  return bytes += ".\r\n";
}

std::string peek_header(std::string_view content, std::string_view name) {
  std::string value;
  bool found = false;
  while (!content.empty()) {
    const std::string_view line = take_line(content);
    if (line.empty()) break;
    const bool continues = line.front() == ' ' || line.front() == '\t';
    if (found && !continues) break;
    if (found) {
      value.append(" ").append(trimmed(line));
      continue;
    }
    const std::size_t colon = line.find(':');
    if (continues || colon == std::string_view::npos) continue;
    if (!equal_ignoring_case(trimmed(line.substr(0, colon)), name)) continue;
    value = trimmed(line.substr(colon + 1));
    found = true;
  }
  return std::string(trimmed(value));
}

}  // namespace fakes
