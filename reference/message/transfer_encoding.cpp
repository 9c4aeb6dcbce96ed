#include "reference/message/transfer_encoding.hpp"

#include <array>
#include <cstdint>

namespace sealgate::message {
namespace {

constexpr int no_digit = -1;

std::array<std::int8_t, 256> make_digits() {
  std::array<std::int8_t, 256> digits;
  digits.fill(no_digit);
  const std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    digits[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
  }
  return digits;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return no_digit;
}

std::string lower_token(std::string_view word) {
  std::string out;
  for (const char c : word) {
    if (c == ';' || c == '(') break;  // parameters and comments have no place here, and occur
    if (c > ' ' && c <= '~') out += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  }
  return out;
}

/// A line without its line end and its trailing blanks: transports add those (RFC 2045 6.7 rule 3).
std::string_view without_padding(std::string_view line) {
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r')) {
    line.remove_suffix(1);
  }
  return line;
}

void append_quoted(std::string& out, std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '=' && i + 2 < line.size()) {
      const int high = hex_digit(line[i + 1]);
      const int low = hex_digit(line[i + 2]);
      if (high != no_digit && low != no_digit) {
        out += static_cast<char>(high * 16 + low);
        i += 2;
        continue;
      }
    }
    out += line[i];
  }
}

}  // namespace

TransferEncoding transfer_encoding_from(std::string_view word) {
  const auto token = lower_token(word);
  if (token == "base64") return TransferEncoding::base64;
  if (token == "quoted-printable") return TransferEncoding::quoted_printable;
  return TransferEncoding::identity;
}

std::string decode_base64(std::string_view text) {
  static const auto digits = make_digits();
  std::string out;
  out.reserve(text.size() / 4 * 3 + 3);
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    if (c == '=') {  // the end of one run; another may follow, where encoded texts were joined
      held = 0;
      continue;
    }
    const int digit = digits[static_cast<unsigned char>(c)];
    if (digit == no_digit) continue;
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += static_cast<char>(bits >> held & 0xFF);
  }
  return out;
}

std::string encode_base64(std::string_view bytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::string_view group = bytes.substr(at, 3);
    unsigned bits = 0;
    for (std::size_t i = 0; i < 3; ++i)
      bits = bits << 8 | (i < group.size() ? static_cast<unsigned char>(group[i]) : 0u);
    for (std::size_t i = 0; i < 4; ++i)
      text += i <= group.size() ? digits[bits >> (18 - 6 * i) & 63] : '=';
  }
  return text;
}

std::string decode_quoted_printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t lf = text.find('\n');
    const bool ended = lf != text.npos;
    const std::string_view line = without_padding(text.substr(0, lf));
    const bool soft = !line.empty() && line.back() == '=';
    append_quoted(out, soft ? line.substr(0, line.size() - 1) : line);
    if (ended && !soft) out += lf > 0 && text[lf - 1] == '\r' ? "\r\n" : "\n";
    text.remove_prefix(ended ? lf + 1 : text.size());
  }
  return out;
}

std::string decode(TransferEncoding encoding, std::string_view text) {
  if (encoding == TransferEncoding::base64) return decode_base64(text);
  if (encoding == TransferEncoding::quoted_printable) return decode_quoted_printable(text);
  return std::string(text);
}

}  // namespace sealgate::message
