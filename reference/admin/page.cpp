#include "reference/admin/page.hpp"

#include <strings.h>

#include <algorithm>
#include <optional>

#include "reference/syntax/check.hpp"
#include "reference/syntax/format.hpp"
#include "reference/syntax/pattern.hpp"

namespace sealgate::admin {
namespace {

using syntax::Declaration;
using syntax::Statement;

bool same_text(std::string_view a, std::string_view b) {
  return a.size() == b.size() && ::strncasecmp(a.data(), b.data(), a.size()) == 0;
}

std::string name_of(const std::string& path) {
  const auto at = path.rfind(" > ");
  return at == std::string::npos ? path : path.substr(at + 3);
}

/// Null when the statement is none of the section; what is wrong with it is said elsewhere.
const Declaration* declaration_of(const syntax::Vocabulary& vocabulary, std::string_view section,
                                  const Statement& statement) {
  syntax::Diagnostics unheard;
  const auto nodes = syntax::check(vocabulary, section, {statement}, statement.span(), unheard);
  return nodes.empty() ? nullptr : &nodes.front().declaration();
}

/// The settings' sections, and no other language's that shares the vocabulary.
bool is_settings_section(const syntax::Section& section) {
  return section.name() == "gateway" || section.name().starts_with("gateway-");
}

class Viewer {
 public:
  Viewer(const Page& page, const syntax::Vocabulary& vocabulary)
      : page_(page), vocabulary_(vocabulary) {}

  /// What of the statement is on the page; none: nothing.
  std::optional<Statement> part_of(std::string_view section, const Statement& statement) const {
    const Declaration* declaration = declaration_of(vocabulary_, section, statement);
    if (!declaration) return std::nullopt;
    const bool here = declaration->console == page_.path;
    if (!statement.block) return here ? std::optional(statement) : std::nullopt;
    const std::string inner = syntax::parse_pattern(declaration->pattern).section;
    Statement part = statement;
    part.block->statements.clear();
    for (const Statement& each : statement.block->statements) {
      if (auto shown = part_of(inner, each)) part.block->statements.push_back(*std::move(shown));
    }
    // A list's entry belongs to its page with all that is in it.
    if (here && !declaration->once) return statement;
    if (part.block->statements.empty()) return std::nullopt;
    return part;
  }

 private:
  const Page& page_;
  const syntax::Vocabulary& vocabulary_;
};

std::size_t count(const Statement& statement) {
  std::size_t total = 1;
  if (!statement.block) return total;
  for (const Statement& each : statement.block->statements) total += count(each);
  return total;
}

}  // namespace

std::vector<Page> pages(const syntax::Vocabulary& vocabulary) {
  std::vector<Page> found;
  for (const auto& section : vocabulary.sections()) {
    if (!is_settings_section(*section)) continue;
    for (const Declaration& declaration : section->declarations()) {
      const std::string& path = declaration.console;
      if (path.empty() || std::any_of(found.begin(), found.end(),
                                      [&](const Page& page) { return page.path == path; }))
        continue;
      found.push_back({name_of(path), path});
    }
  }
  return found;
}

const Page* find_page(const std::vector<Page>& pages, std::string_view wanted) {
  const auto found = std::find_if(pages.begin(), pages.end(), [&](const Page& page) {
    return same_text(page.name, wanted) || same_text(page.path, wanted);
  });
  return found == pages.end() ? nullptr : &*found;
}

std::string shown_on(const Page& page, const syntax::Vocabulary& vocabulary,
                     const syntax::Tree& settings) {
  const Viewer viewer(page, vocabulary);
  syntax::Tree shown;
  for (const Statement& statement : settings.statements) {
    if (auto part = viewer.part_of("gateway", statement))
      shown.statements.push_back(*std::move(part));
  }
  return syntax::format(shown);
}

bool stands_on(const Page& page, const syntax::Vocabulary& vocabulary,
               const syntax::Statement& statement) {
  const auto part = Viewer(page, vocabulary).part_of("gateway", statement);
  return part && count(*part) == count(statement);
}

}  // namespace sealgate::admin
