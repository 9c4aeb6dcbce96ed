// Cuts a text into words, strings, braces, separators and comments.
//
// word      any run without white space and { } ; "  (so 15m, alice@corp.test, 10.0.0.0/8,
// X-Foo:bar) string    "..." on one line, with the escapes \" \\ \n \r \t \0 \xHH comment   from a
// '#' at the start of a token to the end of the line newline   LF or CRLF; a lone backslash at the
// end of a line joins the next line to it
//
// UTF-8 only, without control characters; a byte order mark at the start is skipped. Each mistake
// is reported and stepped over: the lexer always reaches the end, in one pass.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "reference/syntax/diagnostic.hpp"
#include "reference/syntax/source.hpp"

namespace syntax {

struct Lexeme {
  enum class Kind { word, string, open, close, separator, newline, comment, end };

  Kind kind = Kind::end;
  std::string text = {};  ///< of a word, a string (its value) or a comment (with '#')
  Span span = {};
};

class Lexer {
 public:
  /// Both must outlive the lexer. A text that is not UTF-8 or holds NUL is reported once, at its
  /// first bad byte, and yields nothing but its end.
  Lexer(const SourceFile& file, Diagnostics& diagnostics);

  /// The next lexeme; Kind::end for ever after the last one.
  Lexeme next();

 private:
  Lexeme make(Lexeme::Kind kind, std::size_t begin) const;
  /// Steps over blanks, continued line ends and stray control characters.
  void skip_blanks();
  bool skip_continuation();
  bool at_line_end(std::size_t offset) const;
  void refuse_control_character();
  Lexeme read_word();
  Lexeme read_string();
  Lexeme read_comment();
  /// Appends the value of the escape at offset_ (a backslash) and steps behind it.
  void read_escape(std::string& value);
  void report_missing_space(std::size_t begin);

  const SourceFile& file_;
  Diagnostics& diagnostics_;
  std::string_view text_;
  std::size_t offset_ = 0;
  std::size_t last_token_end_ = static_cast<std::size_t>(-1);
};

/// True when the text can stand in a file as one word.
bool is_word(std::string_view text);

/// The value as a string token: quoted, with the escapes it needs. Bytes that are not UTF-8 become
/// \xHH.
std::string quote(std::string_view value);

}  // namespace syntax
