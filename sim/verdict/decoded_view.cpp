#include "sim/verdict/decoded_view.hpp"

#include <algorithm>
#include <iterator>

#include "sim/verdict/base64_runs.hpp"

namespace sealcheck::verdict {

std::size_t View::source_of(std::size_t offset) const {
  const auto after =
      std::upper_bound(stretches_.begin(), stretches_.end(), offset,
                       [](std::size_t at, const Stretch& stretch) { return at < stretch.begin; });
  if (after == stretches_.begin()) return offset;
  const Stretch& stretch = *std::prev(after);
  const std::size_t inside = offset - stretch.begin;
  return stretch.source + (stretch.base64 ? inside * 4 / 3 : inside);
}

void View::append(std::string_view bytes, std::size_t source) {
  const bool continues =
      !stretches_.empty() && !stretches_.back().base64 &&
      stretches_.back().source + text_.size() - stretches_.back().begin == source;
  if (!continues) stretches_.push_back({text_.size(), source, false});
  text_ += bytes;
}

void View::begin_base64(std::size_t source) {
  stretches_.push_back({text_.size(), source, true});
}

void View::truncate(std::size_t size) {
  text_.resize(size);
  while (!stretches_.empty() && stretches_.back().begin >= size) stretches_.pop_back();
}

namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::optional<char> hex_byte(std::string_view text, std::size_t at) {
  if (at + 2 > text.size()) return std::nullopt;
  const int high = hex_digit(text[at]);
  const int low = hex_digit(text[at + 1]);
  if (high < 0 || low < 0) return std::nullopt;
  return static_cast<char>(high * 16 + low);
}

/// Length of the line break at `at`: 0, 1 or 2.
std::size_t line_break_size(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) == "\r\n") return 2;
  return at < text.size() && text[at] == '\n' ? 1 : 0;
}

}  // namespace

std::optional<View> decode_quoted_printable(std::string_view source) {
  if (source.find('=') == std::string_view::npos) return std::nullopt;
  View view;
  bool changed = false;
  for (std::size_t i = 0; i < source.size();) {
    if (source[i] == '=') {
      std::size_t end = i + 1;
      while (end < source.size() && is_blank(source[end])) ++end;  // transport padding
      if (const std::size_t size = line_break_size(source, end); size > 0) {
        i = end + size;
        if (source.substr(i, 2) == "..") ++i;
        changed = true;
        continue;
      }
      if (const std::optional<char> byte = hex_byte(source, i + 1)) {
        view.append({&*byte, 1}, i);
        i += 3;
        changed = true;
        continue;
      }
    }
    const std::size_t end = std::min(source.find('=', i + 1), source.size());
    view.append(source.substr(i, end - i), i);
    i = end;
  }
  if (!changed) return std::nullopt;
  return view;
}

namespace {

std::string decode_q(std::string_view encoded) {
  std::string text;
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    const std::optional<char> byte = encoded[i] == '=' ? hex_byte(encoded, i + 1) : std::nullopt;
    text += byte ? *byte : encoded[i] == '_' ? ' ' : encoded[i];
    if (byte) i += 2;
  }
  return text;
}

struct EncodedWord {
  std::size_t size;  ///< in the source
  std::string text;
};

// Whether there is anything to decode, so that what is plain is not copied.
bool is_folded(std::string_view source) {
  for (std::size_t i = 0; (i = source.find('\n', i)) != std::string_view::npos;)
    if (++i < source.size() && is_blank(source[i])) return true;
  return false;
}

// RFC 2047 section 2 allows 75 characters; a sloppy encoder writes longer ones, and spaces.
std::optional<EncodedWord> encoded_word(std::string_view source) {
  constexpr std::size_t size_max = 1000;
  source = source.substr(0, size_max);
  const std::size_t charset_end = source.find('?', 2);
  if (charset_end == std::string_view::npos || charset_end + 2 >= source.size() ||
      source[charset_end + 2] != '?')
    return std::nullopt;
  const char encoding = source[charset_end + 1];
  const std::size_t begin = charset_end + 3;
  const std::size_t end = source.find("?=", begin);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view encoded = source.substr(begin, end - begin);
  if (encoding == 'B' || encoding == 'b') return EncodedWord{end + 2, decode_base64(encoded)};
  if (encoding == 'Q' || encoding == 'q') return EncodedWord{end + 2, decode_q(encoded)};
  return std::nullopt;
}

}  // namespace

std::optional<View> decode_header_text(std::string_view source) {
  if (source.find("=?") == std::string_view::npos && !is_folded(source)) return std::nullopt;
  View view;
  bool changed = false;
  std::optional<std::size_t> word_end;  // in the view, while only white space followed the word
  for (std::size_t i = 0; i < source.size();) {
    if (const std::size_t size = line_break_size(source, i);
        size > 0 && i + size < source.size() && is_blank(source[i + size])) {
      i += size;
      changed = true;
      continue;
    }
    if (source.substr(i, 2) == "=?") {
      if (const std::optional<EncodedWord> word = encoded_word(source.substr(i))) {
        if (word_end) view.truncate(*word_end);  // RFC 2047 section 6.2
        view.append(word->text, i);
        word_end = view.text().size();
        i += word->size;
        changed = true;
        continue;
      }
    }
    const std::size_t end = std::min(source.find_first_of("\r\n=", i + 1), source.size());
    const std::string_view plain = source.substr(i, end - i);
    if (plain.find_first_not_of(" \t") != std::string_view::npos) word_end.reset();
    view.append(plain, i);
    i = end;
  }
  if (!changed) return std::nullopt;
  return view;
}

}  // namespace sealcheck::verdict
