#include "fakes/cloud/html_text.hpp"

#include <cstdint>

namespace fakes {
namespace {

constexpr std::uint32_t replacement = 0xfffd;

bool is_continuation(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80;
}

/// Takes one character off the front (RFC 3629); of what is none, one octet.
std::uint32_t next_character(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = first < 0x80   ? 1
                             : first < 0xc2 ? 0
                             : first < 0xe0 ? 2
                             : first < 0xf0 ? 3
                             : first < 0xf5 ? 4
                                            : 0;
  std::uint32_t code = length <= 1 ? first : first & (0xff >> (length + 1));
  bool fine = length > 0;
  for (std::size_t i = 1; i < length && fine; ++i) {
    fine = is_continuation(text, i);
    if (fine) code = code << 6 | (static_cast<unsigned char>(text[i]) & 0x3f);
  }
  if (length == 3) fine = fine && code >= 0x800 && (code < 0xd800 || code > 0xdfff);
  if (length == 4) fine = fine && code >= 0x10000 && code <= 0x10ffff;
  text.remove_prefix(fine ? length : 1);
  return fine ? code : replacement;
}

void append(std::string& out, std::uint32_t code) {
  const bool is_layout = code == '\n' || code == '\r' || code == '\t';
  if (code == 0x7f || (code < 0x20 && !is_layout)) code = replacement;
  switch (code) {
    case '&':
      out += "&amp;";
      break;
    case '<':
      out += "&lt;";
      break;
    case '>':
      out += "&gt;";
      break;
    case '"':
      out += "&quot;";
      break;
    case '\'':
      out += "&#39;";
      break;
    default:
      if (code < 0x80)
        out += static_cast<char>(code);
      else
        out += "&#" + std::to_string(code) + ";";
  }
}

}  // namespace

std::string to_html(std::string_view utf8) {
  return to_html(utf8, utf8.size());
}

std::string to_html(std::string_view utf8, std::size_t characters_max) {
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t count = 0; !utf8.empty(); ++count) {
    if (count == characters_max) return out + "&#8230;";
    append(out, next_character(utf8));
  }
  return out;
}

}  // namespace fakes
