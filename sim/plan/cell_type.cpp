#include "sim/plan/cell_type.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reference/syntax/check.hpp"
#include "reference/syntax/parser.hpp"

namespace sealcheck::plan {
namespace {

struct Following {
  std::string section;
  std::string word;
};

std::optional<Following> following(const std::string& type) {
  const auto slash = type.find('/');
  if (slash == std::string::npos) return std::nullopt;
  return Following{type.substr(0, slash), type.substr(slash + 1)};
}

}  // namespace

std::optional<std::string> complain_about_type(const syntax::Vocabulary& vocabulary,
                                               const std::string& type) {
  if (type.empty()) return std::nullopt;
  const auto place = following(type);
  const syntax::Section* section = place ? vocabulary.section(place->section) : nullptr;
  const bool known = place ? section && section->starts_with(place->word)
                           : vocabulary.type(type) != nullptr;
  if (known) return std::nullopt;
  return fmt::format("there is no type '{}'", type);
}

std::optional<std::string> complain_about_cell(const syntax::Vocabulary& vocabulary,
                                               const std::string& type, const syntax::Token& cell) {
  if (const auto place = following(type)) {
    syntax::Diagnostics found;
    const syntax::Tree tree = syntax::parse("cell", place->word + " " + cell.text, found);
    if (tree.statements.size() == 1)
      syntax::check(vocabulary, place->section, tree.statements, tree.statements[0].span(), found);
    // What the section must hold besides is no matter of the cell's.
    const auto errors = found.sorted();
    const bool wrong =
        tree.statements.size() != 1 ||
        std::any_of(errors.begin(), errors.end(), [](const syntax::Diagnostic& diagnostic) {
          return !diagnostic.message.starts_with("missing here");
        });
    if (!wrong) return std::nullopt;
    return fmt::format("'{}' is not what may follow {}", cell.text, place->word);
  }
  const syntax::ValueType& wanted = *vocabulary.type(type);
  // A cell is quoted for its blanks' sake: only its text counts.
  const auto complaint = wanted.check ? wanted.check(cell) : std::nullopt;
  const bool blank = wanted.form == syntax::ValueType::Form::word &&
                     (cell.text.empty() || cell.text.find_first_of(" \t") != std::string::npos);
  if (!complaint && !blank) return std::nullopt;
  return complaint && !complaint->empty()
             ? *complaint
             : fmt::format("'{}' is not {}", cell.text, wanted.description);
}

}  // namespace sealcheck::plan
