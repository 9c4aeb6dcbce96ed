#include "fakes/core/base64.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace fakes {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t line_octets = 57;  // 76 characters
constexpr unsigned char none = 255;
constexpr unsigned char space = 254;

/// Two characters for each twelve bits.
constexpr auto pairs = [] {
  std::array<std::array<char, 2>, 4096> table{};
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = {alphabet[i >> 6], alphabet[i & 63]};
  return table;
}();

constexpr auto values = [] {
  std::array<unsigned char, 256> table{};
  table.fill(none);
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    table[static_cast<unsigned char>(alphabet[i])] = static_cast<unsigned char>(i);
  for (const char c : {' ', '\t', '\r', '\n'}) table[static_cast<unsigned char>(c)] = space;
  return table;
}();

char* put_pair(char* out, std::uint64_t twelve_bits) {
  std::memcpy(out, pairs[twelve_bits].data(), 2);
  return out + 2;
}

/// Eight octets as one number, the first of them on top.
std::uint64_t load(const unsigned char* in) {
  std::uint64_t word = 0;
  std::memcpy(&word, in, sizeof word);
  return std::endian::native == std::endian::little ? __builtin_bswap64(word) : word;
}

char* put_line(char* out, const unsigned char* in, std::size_t size) {
  for (; size >= 8; in += 6, size -= 6) {
    const std::uint64_t word = load(in);
    out = put_pair(out, word >> 52);
    out = put_pair(out, word >> 40 & 4095);
    out = put_pair(out, word >> 28 & 4095);
    out = put_pair(out, word >> 16 & 4095);
  }
  for (; size >= 3; in += 3, size -= 3) {
    out = put_pair(out, in[0] << 4 | in[1] >> 4);
    out = put_pair(out, (in[1] & 15) << 8 | in[2]);
  }
  if (size > 0) {
    const std::uint32_t second = size == 2 ? in[1] : 0;
    out = put_pair(out, in[0] << 4 | second >> 4);
    *out++ = size == 2 ? alphabet[(second & 15) << 2] : '=';
    *out++ = '=';
  }
  *out++ = '\r';
  *out++ = '\n';
  return out;
}

}  // namespace

std::size_t base64_lines_size(std::size_t octets) {
  const std::size_t lines = (octets + line_octets - 1) / line_octets;
  return (octets + 2) / 3 * 4 + 2 * lines;
}

void append_base64_lines(std::string& to, std::string_view octets) {
  const std::size_t old_size = to.size();
  to.resize(old_size + base64_lines_size(octets.size()));
  char* out = to.data() + old_size;
  while (!octets.empty()) {
    const auto line = octets.substr(0, line_octets);
    out = put_line(out, reinterpret_cast<const unsigned char*>(line.data()), line.size());
    octets.remove_prefix(line.size());
  }
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3 + 3);
  std::uint32_t bits = 0;
  unsigned digits = 0;
  unsigned padding = 0;
  for (const char c : text) {
    const unsigned char value = values[static_cast<unsigned char>(c)];
    if (value == space) continue;
    if (c == '=') {
      ++padding;
      continue;
    }
    if (value == none || padding > 0) return std::nullopt;
    bits = bits << 6 | value;
    if (++digits % 4 != 0) continue;
    out += static_cast<char>(bits >> 16);
    out += static_cast<char>(bits >> 8);
    out += static_cast<char>(bits);
    bits = 0;
  }
  const unsigned left = digits % 4;
  if (left == 1 || padding != (4 - left) % 4) return std::nullopt;
  if ((left == 2 && (bits & 15) != 0) || (left == 3 && (bits & 3) != 0)) return std::nullopt;
  if (left == 2) out += static_cast<char>(bits >> 4);
  if (left == 3) {
    out += static_cast<char>(bits >> 10);
    out += static_cast<char>(bits >> 2);
  }
  return out;
}

std::string base64_lines(std::string_view octets) {
  std::string text;
  append_base64_lines(text, octets);
  return text;
}

std::string base64(std::string_view octets) {
  std::string text = base64_lines(octets);
  std::erase_if(text, [](char c) { return c == '\r' || c == '\n'; });
  return text;
}

}  // namespace fakes
