#include "fakes/xheader/header_fields.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <utility>

namespace fakes::xheader {
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

SplitMessage split(std::string_view message) {
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

std::string base64_lines(std::string_view octets) {
  constexpr std::size_t octets_in_line = 57;
  std::string text;
  for (std::size_t at = 0; at < octets.size(); at += octets_in_line) {
    const std::string_view part = octets.substr(at, octets_in_line);
    unsigned char line[80];
    const int size = EVP_EncodeBlock(line, reinterpret_cast<const unsigned char*>(part.data()),
                                     static_cast<int>(part.size()));
    text.append(reinterpret_cast<const char*>(line), static_cast<std::size_t>(size));
    text += "\r\n";
  }
  return text;
}

std::string from_base64(std::string_view text) {
  std::string dense;
  std::copy_if(text.begin(), text.end(), std::back_inserter(dense),
               [](char c) { return !is_space(c); });
  if (dense.empty() || dense.size() % 4 != 0) return {};
  std::string octets(dense.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(octets.data()),
                                   reinterpret_cast<const unsigned char*>(dense.data()),
                                   static_cast<int>(dense.size()));
  if (size < 0) return {};
  const auto padding = std::count(dense.end() - 2, dense.end(), '=');
  octets.resize(static_cast<std::size_t>(size - padding));
  return octets;
}

}  // namespace fakes::xheader
