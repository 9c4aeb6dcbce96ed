#include "sim/plan/charset.hpp"

#include <fmt/format.h>
#include <iconv.h>

#include <algorithm>

namespace sealcheck::plan {
namespace {

constexpr std::size_t line_octets = 76;
constexpr std::size_t word_octets = 45;  // of an encoded word's text: 60 characters of base64

std::string base64(std::string_view bytes) {
  static constexpr char digits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
    unsigned group = 0;
    for (std::size_t i = 0; i < 3; ++i)
      group = group << 8 | (i < count ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    for (std::size_t i = 0; i < 4; ++i)
      out += i <= count ? digits[group >> (18 - 6 * i) & 63] : '=';
  }
  return out;
}

}  // namespace

std::optional<std::string> to_charset(std::string_view utf8, const std::string& charset) {
  const std::string name = charset == "utf-16" ? "UTF-16BE" : charset;
  const iconv_t converter = ::iconv_open(name.c_str(), "UTF-8");
  if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  std::string in(utf8);
  std::string out(in.size() * 8 + 16, '\0');  // ISO-2022-JP: escape sequences around each
  char* from = in.data();
  char* to = out.data();
  std::size_t left = in.size();
  std::size_t room = out.size();
  const bool whole =
      ::iconv(converter, &from, &left, &to, &room) != static_cast<std::size_t>(-1) &&
      ::iconv(converter, nullptr, nullptr, &to, &room) != static_cast<std::size_t>(-1);
  ::iconv_close(converter);
  if (!whole) return std::nullopt;
  out.resize(out.size() - room);
  return out;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string base64_lines(std::string_view bytes) {
  const std::string whole = base64(bytes);
  std::string out;
  for (std::size_t at = 0; at < whole.size(); at += line_octets)
    out += whole.substr(at, line_octets) + "\r\n";
  return out;
}

std::string quoted_printable(std::string_view bytes, bool text) {
  std::string out;
  std::size_t column = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (text && bytes.substr(i).starts_with("\r\n")) {
      out += "\r\n";
      column = 0;
      ++i;
      continue;
    }
    const bool at_end = i + 1 == bytes.size() || bytes.substr(i + 1).starts_with("\r\n");
    const bool blank = c == ' ' || c == '\t';
    const bool plain = (c > ' ' && c <= '~' && c != '=') || (blank && !at_end);
    const std::string piece =
        plain ? std::string(1, c) : fmt::format("={:02X}", static_cast<unsigned char>(c));
    if (column + piece.size() >= line_octets) {
      out += "=\r\n";
      column = 0;
    }
    out += piece;
    column += piece.size();
  }
  return out;
}

std::string header_text(std::string_view utf8) {
  if (is_ascii(utf8)) return std::string(utf8);
  std::string out;
  while (!utf8.empty()) {
    std::size_t length = std::min(word_octets, utf8.size());
    // A character is never split over two words (RFC 2047 section 5).
    while (length < utf8.size() && (static_cast<unsigned char>(utf8[length]) & 0xc0) == 0x80)
      --length;
    out +=
        fmt::format("{}=?utf-8?B?{}?=", out.empty() ? "" : "\r\n ", base64(utf8.substr(0, length)));
    utf8.remove_prefix(length);
  }
  return out;
}

}  // namespace sealcheck::plan
