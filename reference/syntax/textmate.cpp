#include "reference/syntax/textmate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "reference/syntax/lexer.hpp"

namespace syntax {
namespace {

// A word ends where the lexer says: at white space, braces, ';' and '"'.
constexpr std::string_view word_begins = R"((?<![^\s{};]))";
constexpr std::string_view word_ends = R"((?=[\s{};"]|$))";

// Words that start a statement, and all others that a form spells out. Sorted, so that the file
// changes only where the vocabulary does.
struct Words {
  std::set<std::string> first;
  std::set<std::string> other;
};

void collect(const std::vector<Element>& elements, std::set<std::string>& words) {
  for (const auto& element : elements) {
    if (element.kind == Element::Kind::literal) words.insert(element.name);
    words.insert(element.words.begin(), element.words.end());
    for (const auto& alternative : element.alternatives) collect(alternative, words);
  }
}

Words words_of(const Vocabulary& vocabulary) {
  Words out;
  out.first.insert("include");
  for (const auto& section : vocabulary.sections()) {
    out.first.insert(section->first_words().begin(), section->first_words().end());
    for (const auto& declaration : section->declarations())
      collect(parse_pattern(declaration.pattern).elements, out.other);
  }
  return out;
}

std::string alternatives(const std::set<std::string>& words) {
  std::vector<std::string> escaped;
  for (const auto& word : words) {
    std::string text;
    for (const char c : word) {
      const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                         (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
      text += plain ? std::string(1, c) : std::string("\\") + c;
    }
    escaped.push_back(std::move(text));
  }
  // The longest first: an alternation takes the first that fits.
  std::stable_sort(escaped.begin(), escaped.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  return fmt::format("(?:{})", fmt::join(escaped, "|"));
}

std::string rule(std::string_view scope, const std::string& match) {
  // quote() escapes what JSON must have escaped; a pattern holds no other control character.
  return fmt::format("    {{ \"name\": \"{}\", \"match\": {} }}", scope, quote(match));
}

}  // namespace

std::string textmate_grammar(const Vocabulary& vocabulary, const GrammarName& name) {
  const auto words = words_of(vocabulary);
  const auto word = [](const std::string& inner) {
    return fmt::format("{}{}{}", word_begins, inner, word_ends);
  };
  std::vector<std::string> extensions;
  for (const auto& extension : name.extensions) extensions.push_back(quote(extension));
  const std::vector<std::string> rules = {
      rule("comment.line.number-sign", R"((?<![^\s{};"])#.*$)"),
      "    { \"name\": \"string.quoted.double\", \"begin\": \"\\\"\", \"end\": \"\\\"|$\",\n"
      "      \"patterns\": [\n"
      "        { \"name\": \"constant.character.escape\", \"match\": "
      "\"\\\\\\\\(?:x[0-9A-Fa-f]{2}|.)\" },\n"
      "        { \"name\": \"variable.parameter\", \"match\": \"\\\\$[A-Za-z][A-Za-z0-9_-]*\" }\n"
      "      ] }",
      rule("variable.parameter", R"(\$[A-Za-z][A-Za-z0-9_.-]*)"),
      rule("constant.other.requirement", word(R"([A-Z]+(?:-[A-Z]+)*-[0-9]{2,4})")),
      rule("constant.numeric", word(R"((?:[0-9]+(?:[A-Za-z]+(?:[0-9]+[A-Za-z]+)*)?))")),
      rule("string.unquoted.address", word(R"([^\s{};"@]+@[^\s{};"@]+)")),
      rule("keyword.control.statement",
           R"((?:^|(?<=[{;]))\s*)" + alternatives(words.first) + std::string(word_ends)),
      rule("keyword.other", word(alternatives(words.other))),
      rule("punctuation.separator.continuation", R"(\\$)"),
  };
  return fmt::format(
      "{{\n  \"name\": {},\n  \"scopeName\": {},\n  \"fileTypes\": [{}],\n  \"patterns\": [\n{}\n"
      "  ]\n}}\n",
      quote(name.name), quote(name.scope), fmt::join(extensions, ", "), fmt::join(rules, ",\n"));
}

}  // namespace syntax
