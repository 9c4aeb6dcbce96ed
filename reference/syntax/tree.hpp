// What the parser makes of a text: statements of tokens, with blocks of statements; and the
// comments and blank lines that a formatter must put back.
//
// Plain values: copy, change and build them freely. A token made by a program has a span without a
// file; the formatter writes such a token from its value, and one that was read as its author
// spelled it. So whoever changes a value replaces the whole token (make_word(), make_string()). The
// spans of a tree point into the files that the tree shares ownership of.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference/syntax/source.hpp"

namespace syntax {

struct Token {
  enum class Kind { word, string };

  Kind kind = Kind::word;
  std::string text =
      {};  ///< the value: a string's without quotes, its escapes resolved (any bytes)
  Span span = {};

  bool is_word() const { return kind == Kind::word; }
  bool is_string() const { return kind == Kind::string; }
  bool is_word(std::string_view word) const { return is_word() && text == word; }
};

/// A token made by a program. A word's text must be a word: std::logic_error when it is none.
Token make_word(std::string_view text);
Token make_string(std::string_view value);

struct Comment {
  std::string text;           ///< with its '#', without trailing blanks
  bool blank_before = false;  ///< at least one empty line stood above it
};

struct Statement;

struct Block {
  std::vector<Statement> statements;
  Span open = {};                    ///< the '{'
  Span close = {};                   ///< the '}'; empty at the end of the text when it is missing
  std::string opening_comment = {};  ///< on the line of the '{', behind it
  std::vector<Comment> last_comments = {};  ///< on lines of their own before the '}'
  bool on_one_line = false;                 ///< from '{' to '}'
};

struct Statement {
  std::vector<Token> tokens = {};  ///< at least one
  std::optional<Block> block = {};
  std::vector<Comment> comments = {};  ///< on lines of their own above it
  std::string trailing_comment = {};   ///< behind it (behind the '}' when it has a block)
  bool blank_before = false;           ///< an empty line stood directly above it

  /// From the first token to the last, without the block.
  Span span() const;
  /// True when the first token is this word.
  bool starts_with(std::string_view word) const;
};

struct Tree {
  std::shared_ptr<const SourceFile> source = {};
  std::vector<std::shared_ptr<const SourceFile>> included = {};  ///< filled by load()
  std::vector<Statement> statements = {};
  std::vector<Comment> last_comments = {};
};

}  // namespace syntax
