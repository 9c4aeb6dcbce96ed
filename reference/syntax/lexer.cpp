#include "reference/syntax/lexer.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace syntax {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

bool ends_word(char c) {
  return c == ' ' || c == '{' || c == '}' || c == ';' || c == '"' || is_control(c);
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The offset of the first byte that no text may hold; the text's size when there is none.
std::size_t first_bad_byte(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && text[at] != '\0') {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const auto length = utf8_length(text, at);
    if (length == 0) break;
    at += length;
  }
  return at;
}

}  // namespace

Lexer::Lexer(const SourceFile& file, Diagnostics& diagnostics)
    : file_(file), diagnostics_(diagnostics), text_(file.text()) {
  const auto bad = first_bad_byte(text_);
  if (bad < text_.size()) {
    const auto byte = static_cast<unsigned char>(text_[bad]);
    diagnostics_.error(
        {&file_, bad, bad + 1},
        byte == 0 ? "NUL in the text" : fmt::format("byte 0x{:02x} is not valid UTF-8 here", byte),
        byte == 0 ? "inside a string, write \\0"
                  : "save the file as UTF-8; inside a string, write "
                    "any byte as \\xHH");
    offset_ = text_.size();
  } else if (text_.starts_with(byte_order_mark)) {
    offset_ = byte_order_mark.size();
  }
}

Lexeme Lexer::make(Lexeme::Kind kind, std::size_t begin) const {
  return {kind, {}, {&file_, begin, offset_}};
}

bool Lexer::at_line_end(std::size_t offset) const {
  if (offset < text_.size() && text_[offset] == '\r') ++offset;
  return offset < text_.size() && text_[offset] == '\n';
}

bool Lexer::skip_continuation() {
  const auto begin = offset_;
  auto at = offset_ + 1;
  while (at < text_.size() && (text_[at] == ' ' || text_[at] == '\t')) ++at;
  if (at_line_end(at)) {
    offset_ = text_.find('\n', at) + 1;
    return true;
  }
  // "\d+" is a word; a backslash on its own is a continuation that something stands behind.
  if (at == offset_ + 1 && at < text_.size() && !ends_word(text_[at])) return false;
  offset_ = begin + 1;
  diagnostics_.error({&file_, begin, begin + 1},
                     "a lone backslash continues a statement only at the end of a line");
  return true;
}

void Lexer::refuse_control_character() {
  const auto byte = static_cast<unsigned char>(text_[offset_]);
  diagnostics_.error({&file_, offset_, offset_ + 1},
                     fmt::format("control character 0x{:02x} in the text", byte),
                     fmt::format("inside a string, write \\x{:02x}", byte));
  ++offset_;
}

void Lexer::skip_blanks() {
  while (offset_ < text_.size()) {
    const char c = text_[offset_];
    if (c == ' ' || c == '\t') {
      ++offset_;
    } else if (c == '\\') {
      if (!skip_continuation()) return;
    } else if (c == '\n' || at_line_end(offset_) || !is_control(c)) {
      return;
    } else {
      refuse_control_character();
    }
  }
}

void Lexer::report_missing_space(std::size_t begin) {
  if (last_token_end_ != begin) return;
  diagnostics_.error({&file_, begin, begin + 1}, "a space is missing before this",
                     "quotes belong around a whole word");
}

Lexeme Lexer::next() {
  skip_blanks();
  const auto begin = offset_;
  if (offset_ >= text_.size()) return make(Lexeme::Kind::end, begin);
  const auto single = [&](Lexeme::Kind kind) {
    ++offset_;
    return make(kind, begin);
  };
  switch (text_[offset_]) {
    case '{':
      return single(Lexeme::Kind::open);
    case '}':
      return single(Lexeme::Kind::close);
    case ';':
      return single(Lexeme::Kind::separator);
    case '\r':  // skip_blanks() left it: a line feed follows
      ++offset_;
      [[fallthrough]];
    case '\n':
      return single(Lexeme::Kind::newline);
    case '#':
      return read_comment();
    case '"':
      return read_string();
    default:
      return read_word();
  }
}

Lexeme Lexer::read_comment() {
  const auto begin = offset_;
  offset_ = std::min(text_.find('\n', offset_), text_.size());
  auto text = text_.substr(begin, offset_ - begin);
  while (!text.empty() && (text.back() == ' ' || is_control(text.back()))) text.remove_suffix(1);
  // What ends the comment is left for the newline: CRLF must stay whole.
  offset_ = begin + text.size();
  auto out = make(Lexeme::Kind::comment, begin);
  out.text = text;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\t' || !is_control(text[i])) continue;
    diagnostics_.error({&file_, begin + i, begin + i + 1}, "control character in a comment");
    out.text[i] = ' ';
  }
  return out;
}

Lexeme Lexer::read_word() {
  const auto begin = offset_;
  report_missing_space(begin);
  while (offset_ < text_.size() && !ends_word(text_[offset_])) ++offset_;
  last_token_end_ = offset_;
  auto out = make(Lexeme::Kind::word, begin);
  out.text = text_.substr(begin, offset_ - begin);
  return out;
}

Lexeme Lexer::read_string() {
  const auto begin = offset_;
  report_missing_space(begin);
  std::string value;
  ++offset_;
  while (true) {
    if (offset_ >= text_.size() || at_line_end(offset_)) {
      diagnostics_.error({&file_, begin, offset_}, "the string is not closed on its line",
                         "a line end inside a string is written \\n");
      break;
    }
    const char c = text_[offset_];
    if (c == '"') {
      ++offset_;
      break;
    }
    if (c == '\\') {
      read_escape(value);
    } else if (c != '\t' && is_control(c)) {
      refuse_control_character();
    } else {
      value += c;
      ++offset_;
    }
  }
  last_token_end_ = offset_;
  auto out = make(Lexeme::Kind::string, begin);
  out.text = std::move(value);
  return out;
}

void Lexer::read_escape(std::string& value) {
  const auto begin = offset_++;
  if (offset_ >= text_.size() || at_line_end(offset_)) return;  // reported as an open string
  const char c = text_[offset_];
  constexpr std::string_view letters = "\"\\nrt0";
  constexpr std::string_view values("\"\\\n\r\t\0", 6);
  if (const auto index = letters.find(c); index != std::string_view::npos) {
    value += values[index];
    ++offset_;
    return;
  }
  if (c == 'x') {
    const auto digit = [&](std::size_t at) {
      return at < text_.size() ? hex_digit(text_[at]) : -1;
    };
    const int high = digit(offset_ + 1);
    const int low = high < 0 ? -1 : digit(offset_ + 2);
    if (low >= 0) {
      value += static_cast<char>(high * 16 + low);
      offset_ += 3;
      return;
    }
    ++offset_;
    diagnostics_.error({&file_, begin, offset_}, "\\x needs two hexadecimal digits");
    return;
  }
  // A control character is left to be refused by itself.
  if (!is_control(c)) offset_ += std::max<std::size_t>(utf8_length(text_, offset_), 1);
  diagnostics_.error({&file_, begin, offset_}, "unknown escape",
                     "the escapes are \\\" \\\\ \\n \\r \\t \\0 and \\xHH");
}

bool is_word(std::string_view text) {
  if (text.empty() || text.front() == '#' || text == "\\") return false;
  if (text.starts_with(byte_order_mark)) return false;  // would vanish at the start of a file
  return std::none_of(text.begin(), text.end(), ends_word) && first_bad_byte(text) == text.size();
}

std::string quote(std::string_view value) {
  std::string out = "\"";
  for (std::size_t at = 0; at < value.size();) {
    const char c = value[at];
    const auto length = utf8_length(value, at);
    constexpr std::string_view special("\"\\\n\r\t\0", 6);
    constexpr std::string_view letters = "\"\\nrt0";
    if (const auto index = special.find(c); index != std::string_view::npos) {
      out += '\\';
      out += letters[index];
    } else if (length == 0 || is_control(c)) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      out += value.substr(at, length);
    }
    at += std::max<std::size_t>(length, 1);
  }
  return out + '"';
}

}  // namespace syntax
