#include "reference/syntax/complaint.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reference/syntax/lexer.hpp"
#include "reference/syntax/suggest.hpp"

namespace syntax {
namespace {

constexpr std::size_t listed_max = 6;
constexpr std::size_t shown_token_bytes_max = 60;

// As a message shows a token: 'word' or "string", cut when long.
std::string shown(const Token& token) {
  auto text = token.is_word() ? "'" + token.text + "'" : quote(token.text);
  if (text.size() <= shown_token_bytes_max) return text;
  std::size_t at = 0;
  while (at < shown_token_bytes_max - 10) {
    at += std::max<std::size_t>(utf8_length(text, at), 1);
  }
  return text.substr(0, at) + "..." + text.front();
}

std::string list(std::vector<std::string> items, std::string_view last_joint) {
  if (items.empty()) return {};
  if (items.size() > listed_max) {
    items[listed_max] = fmt::format("{} more", items.size() - listed_max);
    items.resize(listed_max + 1);
  }
  const auto last = items.back();
  items.pop_back();
  if (items.empty()) return last;
  return fmt::format("{} {} {}", fmt::join(items, ", "), last_joint, last);
}

std::string expected(const Expectation& expectation) {
  std::vector<std::string> items;
  for (const auto& word : expectation.words) items.push_back("'" + word + "'");
  for (const auto* type : expectation.types) items.push_back(type->description);
  if (expectation.end) items.emplace_back("the end of the statement");
  return list(std::move(items), "or");
}

std::string form_of(const Declaration* declaration) {
  return declaration ? "the form is: " + usage(*declaration) : std::string();
}

std::string why_not(const ValueType& type, const Token& token) {
  if (type.form == ValueType::Form::word && token.is_string()) return "write it without quotes";
  if (type.form == ValueType::Form::quoted && token.is_word()) return "write it in quotes";
  return type.check ? type.check(token).value_or(std::string()) : std::string();
}

}  // namespace

Diagnostic complaint_about_unknown(const Vocabulary& vocabulary, const Section& section,
                                   const Statement& statement) {
  const auto& head = statement.tokens.front();
  Diagnostic out{.span = head.span, .message = "unknown statement " + shown(head)};
  if (!head.is_word()) {
    out.hint = "a statement starts with a word";
    return out;
  }
  std::vector<std::string> homes;
  for (const auto& other : vocabulary.sections()) {
    if (other.get() != &section && other->starts_with(head.text)) {
      homes.push_back("'" + other->name() + "'");
    }
  }
  const auto meant = nearest(head.text, section.first_words());
  if (!homes.empty()) {
    out.hint = fmt::format("{} belongs in {}", shown(head), list(homes, "or"));
  } else if (!meant.empty()) {
    out.hint = fmt::format("did you mean '{}'?", meant);
  }
  return out;
}

Diagnostic complaint_about_token(const Statement& statement, const Expectation& expectation,
                                 const Declaration* only) {
  Diagnostic out{.hint = form_of(only)};
  if (expectation.position >= statement.tokens.size()) {
    const auto& last = statement.tokens.back().span;
    out.span = {last.file, last.end, last.end};
    out.message = "the statement ends too early, expected " + expected(expectation);
    return out;
  }
  const auto& token = statement.tokens[expectation.position];
  out.span = token.span;
  if (expectation.words.empty() && expectation.types.size() == 1 && !expectation.end) {
    const auto& type = *expectation.types.front();
    out.message = fmt::format("{} is not {}", shown(token), type.description);
    if (const auto why = why_not(type, token); !why.empty()) out.hint = why;
    return out;
  }
  out.message = fmt::format("unexpected {}, expected {}", shown(token), expected(expectation));
  const auto meant = nearest(token.text, expectation.words);
  if (token.is_string() && meant == token.text && !meant.empty()) {
    out.hint = "write it without quotes";
  } else if (!meant.empty()) {
    out.hint = fmt::format("did you mean '{}'?", meant);
  }
  return out;
}

Diagnostic complaint_about_block(const Declaration& declaration, const Statement& statement) {
  Diagnostic out{.hint = form_of(&declaration)};
  const auto& head = statement.tokens.front();
  if (statement.block) {
    out.span = statement.block->open;
    out.message = fmt::format("{} takes no block here", shown(head));
  } else {
    const auto& last = statement.tokens.back().span;
    out.span = {last.file, last.end, last.end};
    out.message = fmt::format("{} needs a block", shown(head));
  }
  return out;
}

Diagnostic complaint_about_duplicate(const Statement& statement, const Statement& first) {
  const auto place = to_string(first.span());
  return {.span = statement.span(),
          .message = fmt::format("{} may stand here only once", shown(statement.tokens.front())),
          .hint = place.empty() ? std::string() : "the first is at " + place};
}

Diagnostic complaint_about_missing(const Declaration& declaration, const Span& owner) {
  return {.span = owner,
          .message = fmt::format("missing here: {}", usage(declaration)),
          .hint = declaration.doc};
}

}  // namespace syntax
