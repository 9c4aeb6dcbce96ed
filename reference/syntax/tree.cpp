#include "reference/syntax/tree.hpp"

#include <stdexcept>

#include "reference/syntax/lexer.hpp"

namespace syntax {

Token make_word(std::string_view text) {
  if (!is_word(text)) throw std::logic_error("not a word: " + quote(text));
  return {Token::Kind::word, std::string(text), {}};
}

Token make_string(std::string_view value) {
  return {Token::Kind::string, std::string(value), {}};
}

Span Statement::span() const {
  return tokens.empty() ? Span() : join(tokens.front().span, tokens.back().span);
}

bool Statement::starts_with(std::string_view word) const {
  return !tokens.empty() && tokens.front().is_word(word);
}

}  // namespace syntax
