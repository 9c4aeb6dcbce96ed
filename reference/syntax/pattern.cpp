#include "reference/syntax/pattern.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "reference/syntax/lexer.hpp"
#include "reference/syntax/values.hpp"

namespace syntax {
namespace {

constexpr std::string_view special = "<>[](){}|";

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n';
}

class PatternParser {
 public:
  explicit PatternParser(std::string_view text) : text_(text) {}

  Pattern parse() {
    Pattern pattern;
    pattern.elements = sequence();
    if (peek() == '{') block(pattern);
    if (peek() != '\0') fail("unexpected here");
    if (pattern.elements.empty()) fail("the pattern is empty");
    return pattern;
  }

 private:
  [[noreturn]] void fail(std::string_view what) const {
    throw std::logic_error(fmt::format("pattern '{}', at {}: {}", text_, at_ + 1, what));
  }

  // The next character that is no space, NUL at the end.
  char peek() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }

  std::string until(char close) {
    const auto end = text_.find(close, at_ + 1);
    if (end == std::string_view::npos) fail(fmt::format("'{}' is missing", close));
    std::string inner(text_.substr(at_ + 1, end - at_ - 1));
    at_ = end + 1;
    return inner;
  }

  std::vector<Element> sequence() {
    std::vector<Element> elements;
    while (true) {
      const char c = peek();
      if (c == '<') {
        elements.push_back(argument());
      } else if (c == '[') {
        elements.push_back(alternatives(Element::Kind::optional, ']'));
      } else if (c == '(') {
        elements.push_back(alternatives(Element::Kind::group, ')'));
      } else if (c == '\0' || special.find(c) != std::string_view::npos) {
        return elements;
      } else {
        elements.push_back(literal());
        continue;
      }
      if (text_.substr(at_).starts_with("...")) {
        elements.back().repeated = true;
        at_ += 3;
      }
      if (at_ < text_.size() && !is_space(text_[at_]) &&
          std::string_view("])|{").find(text_[at_]) == std::string_view::npos) {
        fail("a space is missing");
      }
    }
  }

  Element literal() {
    const auto begin = at_;
    while (at_ < text_.size() && !is_space(text_[at_]) &&
           special.find(text_[at_]) == std::string_view::npos) {
      ++at_;
    }
    Element element{.kind = Element::Kind::literal,
                    .name = std::string(text_.substr(begin, at_ - begin))};
    if (!is_word(element.name) || element.name.find("...") != std::string::npos) {
      at_ = begin;
      fail("not a word");
    }
    if (at_ < text_.size() && std::string_view("<[(").find(text_[at_]) != std::string_view::npos) {
      fail("a space is missing");
    }
    return element;
  }

  Element argument() {
    const auto begin = at_;
    const auto inner = until('>');
    const auto colon = inner.find_first_of(":=");
    const bool flag = colon != std::string::npos && inner[colon] == '=';
    Element element{.kind = Element::Kind::argument, .name = inner.substr(0, colon)};
    const auto error = [&](std::string_view what) {
      at_ = begin;
      fail(what);
    };
    if (colon == std::string::npos || !is_name(element.name)) error("an argument is <name:type>");
    element.type = inner.substr(colon + 1);
    if (!flag && element.type.find('|') == std::string::npos) {
      if (!is_name(element.type)) error("an argument is <name:type>");
      return element;
    }
    element.kind = Element::Kind::choice;
    std::string_view rest = element.type;
    while (true) {
      const auto bar = rest.find('|');
      auto word = rest.substr(0, bar);
      while (!word.empty() && is_space(word.front())) word.remove_prefix(1);
      while (!word.empty() && is_space(word.back())) word.remove_suffix(1);
      if (!is_word(word)) error("a choice is of words");
      if (std::find(element.words.begin(), element.words.end(), word) != element.words.end()) {
        error("a choice names a word twice");
      }
      element.words.emplace_back(word);
      if (bar == std::string_view::npos) break;
      rest.remove_prefix(bar + 1);
    }
    element.type.clear();
    return element;
  }

  Element alternatives(Element::Kind kind, char close) {
    Element element{.kind = kind};
    do {
      ++at_;
      element.alternatives.push_back(sequence());
      if (element.alternatives.back().empty()) fail("nothing stands in this group");
    } while (peek() == '|');
    if (peek() != close) fail(fmt::format("'{}' is missing", close));
    ++at_;
    return element;
  }

  void block(Pattern& pattern) {
    pattern.section = until('}');
    if (!is_name(pattern.section)) fail("a block is {section}");
    pattern.block = Pattern::BlockRule::required;
    if (at_ < text_.size() && text_[at_] == '?') {
      pattern.block = Pattern::BlockRule::optional;
      ++at_;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::string usage(const std::vector<Element>& elements);

std::string usage(const Element& element) {
  std::vector<std::string> parts;
  switch (element.kind) {
    case Element::Kind::literal:
      return element.name;
    case Element::Kind::argument:
      return fmt::format("<{}>{}", element.name, element.repeated ? "..." : "");
    case Element::Kind::choice:
      if (element.words.size() == 1) return element.words.front();
      parts = element.words;
      break;
    case Element::Kind::optional:
    case Element::Kind::group:
      for (const auto& part : element.alternatives) parts.push_back(usage(part));
  }
  const bool optional = element.kind == Element::Kind::optional;
  return fmt::format("{}{}{}{}", optional ? '[' : '(', fmt::join(parts, " | "),
                     optional ? ']' : ')', element.repeated ? "..." : "");
}

std::string usage(const std::vector<Element>& elements) {
  std::vector<std::string> parts;
  for (const auto& element : elements) parts.push_back(usage(element));
  return fmt::format("{}", fmt::join(parts, " "));
}

void collect(const std::vector<Element>& elements, std::vector<Element>& out) {
  for (const auto& element : elements) {
    if (element.kind == Element::Kind::argument || element.kind == Element::Kind::choice) {
      out.push_back(element);
    }
    for (const auto& alternative : element.alternatives) collect(alternative, out);
  }
}

}  // namespace

Pattern parse_pattern(std::string_view text) {
  return PatternParser(text).parse();
}

std::string usage(const Pattern& pattern) {
  const auto form = usage(pattern.elements);
  switch (pattern.block) {
    case Pattern::BlockRule::required:
      return form + " { ... }";
    case Pattern::BlockRule::optional:
      return form + " [{ ... }]";
    default:
      return form;
  }
}

std::vector<Element> arguments(const Pattern& pattern) {
  std::vector<Element> out;
  collect(pattern.elements, out);
  return out;
}

}  // namespace syntax
