#include "reference/syntax/manual.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace syntax {
namespace {

// Markdown's table separator must not be taken for one.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

std::string values_of(const Vocabulary& vocabulary, const Element& argument) {
  if (argument.kind == Element::Kind::argument) {
    const auto* type = vocabulary.type(argument.type);
    return type ? type->description : argument.type;
  }
  std::vector<std::string> words;
  for (const auto& word : argument.words) words.push_back("`" + word + "`");
  return fmt::format("{}", fmt::join(words, ", "));
}

// Each argument once, with all that it may be; a choice of one word is a word of the form.
std::string argument_table(const Vocabulary& vocabulary, const Pattern& pattern) {
  std::vector<std::pair<std::string, std::string>> rows;
  for (const auto& argument : arguments(pattern)) {
    if (argument.kind == Element::Kind::choice && argument.words.size() == 1) continue;
    const auto values = values_of(vocabulary, argument);
    const auto at = std::find_if(rows.begin(), rows.end(),
                                 [&](const auto& row) { return row.first == argument.name; });
    if (at == rows.end())
      rows.emplace_back(argument.name, values);
    else if (at->second.find(values) == std::string::npos)
      at->second += ", or " + values;
  }
  if (rows.empty()) return {};
  std::string out = "\n| argument | is |\n|---|---|\n";
  for (const auto& [name, values] : rows)
    out += fmt::format("| {} | {} |\n", name, escaped(values));
  return out;
}

// The literal words that the form begins with; a statement of values alone is named by its id.
std::string heading(const Declaration& declaration, const Pattern& pattern) {
  std::vector<std::string> words;
  for (const auto& element : pattern.elements) {
    if (element.kind == Element::Kind::literal)
      words.push_back(element.name);
    else if (element.kind == Element::Kind::argument)
      words.emplace_back("…");
    else if (element.kind == Element::Kind::choice && element.words.size() == 1)
      words.push_back(element.words.front());
  }
  while (!words.empty() && words.back() == "…") words.pop_back();
  return words.empty() ? declaration.id : fmt::format("{}", fmt::join(words, " "));
}

std::string notes(const Declaration& declaration, const Pattern& pattern) {
  std::string out;
  if (declaration.required) out += "Must stand in each such block. ";
  if (declaration.once) out += "At most once. ";
  if (!declaration.defaults.empty()) out += fmt::format("Without it: {}. ", declaration.defaults);
  if (!declaration.console.empty()) out += fmt::format("Console: {}. ", declaration.console);
  if (pattern.block != Pattern::BlockRule::none)
    out += fmt::format("Its block: [{}](#{}). ", pattern.section, pattern.section);
  if (!out.empty()) out.back() = '\n';
  return out;
}

std::string statement(const Vocabulary& vocabulary, const Declaration& declaration) {
  const auto pattern = parse_pattern(declaration.pattern);
  auto out =
      fmt::format("### {}\n\n```\n{}\n```\n\n{}{}\n", heading(declaration, pattern), usage(pattern),
                  declaration.doc, declaration.doc.ends_with('.') ? "" : ".");
  if (const auto more = notes(declaration, pattern); !more.empty()) out += "\n" + more;
  out += argument_table(vocabulary, pattern);
  if (!declaration.example.empty())
    out += fmt::format("\nExample:\n\n```\n{}\n```\n", declaration.example);
  return out + "\n";
}

// Which statements open such a block, and where those stand: nobody could write `level` without.
std::string openers(const Vocabulary& vocabulary, const Section& opened) {
  std::string out;
  for (const auto& section : vocabulary.sections())
    for (const auto& declaration : section->declarations()) {
      const auto pattern = parse_pattern(declaration.pattern);
      if (pattern.block == Pattern::BlockRule::none || pattern.section != opened.name()) continue;
      out += fmt::format("{}`{}` in [{}](#{})", out.empty() ? "The block of " : ", ",
                         heading(declaration, pattern), section->name(), section->name());
    }
  return out.empty() ? out : out + ".\n\n";
}

// Whose statements may stand here too.
std::string included(const Section& section) {
  std::vector<std::string> names;
  for (const auto& declaration : section.declarations())
    if (const auto& from = declaration.from; !from.empty())
      if (std::find(names.begin(), names.end(), from) == names.end()) names.push_back(from);
  std::string out;
  for (const auto& name : names)
    out += fmt::format("{}[{}](#{})", out.empty() ? "With the statements of " : ", ", name, name);
  return out.empty() ? out : out + ".\n\n";
}

}  // namespace

std::string manual(const Vocabulary& vocabulary) {
  std::string out;
  for (const auto& section : vocabulary.sections()) {
    out += fmt::format("## {}\n\n{}{}\n\n", section->name(), section->doc(),
                       section->doc().ends_with('.') ? "" : ".");
    out += openers(vocabulary, *section);
    out += included(*section);
    for (const auto& declaration : section->declarations())
      if (declaration.from.empty()) out += statement(vocabulary, declaration);
  }
  if (out.ends_with("\n\n")) out.pop_back();
  return out;
}

}  // namespace syntax
