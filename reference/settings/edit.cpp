#include "reference/settings/edit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reference/settings/third_party.hpp"
#include "reference/syntax/check.hpp"
#include "reference/syntax/format.hpp"
#include "reference/syntax/parser.hpp"
#include "reference/syntax/pattern.hpp"

namespace sealgate::settings {
namespace {

using syntax::Block;
using syntax::Declaration;
using syntax::Statement;
using syntax::Token;

/// `route "Partners"`, or the whole statement where it has no name.
std::vector<Token> key_of(const Statement& statement) {
  const auto& tokens = statement.tokens;
  const bool named = tokens.size() > 1 && tokens[1].is_string();
  return named ? std::vector<Token>(tokens.begin(), tokens.begin() + 2) : tokens;
}

bool same(const std::vector<Token>& one, const std::vector<Token>& other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](const Token& a, const Token& b) { return a.text == b.text; });
}

class Editor {
 public:
  Editor(const syntax::Vocabulary& vocabulary, syntax::Diagnostics& diagnostics)
      : vocabulary_(vocabulary), diagnostics_(diagnostics) {}

  void apply(std::vector<Statement>& statements, const Edit& edit, std::size_t number) {
    const auto tree = syntax::parse(fmt::format("change {}", number), edit.statement, diagnostics_);
    diagnostics_.keep(tree.source);
    if (diagnostics_.has_errors()) return;
    if (tree.statements.size() != 1) {
      return diagnostics_.error({tree.source.get(), 0, 0}, "a change is exactly one statement");
    }
    const Statement& wanted = tree.statements.front();
    if (edit.kind == Edit::Kind::remove) return remove(statements, wanted);
    const Declaration* declaration = declaration_of("gateway", wanted);
    if (!declaration) return;
    if (edit.kind == Edit::Kind::add && find(statements, wanted) != statements.end()) {
      return diagnostics_.error(wanted.span(), describe(wanted) + " exists already",
                                "give it another name, or change the one that there is");
    }
    put("gateway", statements, wanted, *declaration);
  }

 private:
  using Place = std::vector<Statement>::iterator;

  static std::string describe(const Statement& statement) {
    std::string text;
    for (const Token& token : key_of(statement))
      text += (text.empty() ? "" : " ") + (token.is_string() ? '"' + token.text + '"' : token.text);
    return text;
  }

  /// Null with a diagnostic when the statement is none of that section.
  const Declaration* declaration_of(std::string_view section, const Statement& statement) {
    const auto nodes =
        syntax::check(vocabulary_, section, {statement}, statement.span(), diagnostics_);
    return nodes.empty() ? nullptr : &nodes.front().declaration();
  }

  static Place find(std::vector<Statement>& statements, const Statement& wanted) {
    const auto key = key_of(wanted);
    return std::find_if(statements.begin(), statements.end(),
                        [&](const Statement& each) { return same(key_of(each), key); });
  }

  /// The one that stands for the same thing: of the same declaration when that may stand only once.
  Place find_like(std::string_view section, std::vector<Statement>& statements,
                  const Statement& wanted, const Declaration& declaration) {
    if (!declaration.once) return find(statements, wanted);
    return std::find_if(statements.begin(), statements.end(), [&](const Statement& each) {
      return each.starts_with(wanted.tokens.front().text) &&
             declaration_of(section, each) == &declaration;
    });
  }

  void put(std::string_view section, std::vector<Statement>& statements, const Statement& wanted,
           const Declaration& declaration) {
    const auto old = find_like(section, statements, wanted, declaration);
    if (old == statements.end()) return add(statements, wanted);
    if (declaration.once && old->block && wanted.block)
      return merge(section_of(declaration), *old->block, *wanted.block);
    old->tokens = wanted.tokens;
    old->block = wanted.block;
  }

  static std::string section_of(const Declaration& declaration) {
    return syntax::parse_pattern(declaration.pattern).section;
  }

  void merge(const std::string& section, Block& old, const Block& wanted) {
    for (const Statement& statement : wanted.statements) {
      if (const Declaration* declaration = declaration_of(section, statement))
        put(section, old.statements, statement, *declaration);
    }
    old.on_one_line = old.on_one_line && old.statements.size() <= 1;
  }

  /// Behind the last of its kind, else at the end.
  static void add(std::vector<Statement>& statements, const Statement& wanted) {
    const auto last = std::find_if(statements.rbegin(), statements.rend(), [&](const auto& each) {
      return each.starts_with(wanted.tokens.front().text);
    });
    statements.insert(last == statements.rend() ? statements.end() : last.base(), wanted);
  }

  void remove(std::vector<Statement>& statements, const Statement& wanted) {
    const auto& tokens = wanted.tokens;
    if (tokens.size() > 1 && wanted.starts_with("ip-group") && tokens[1].text == default_ip_group) {
      return diagnostics_.error(wanted.span(), describe(wanted) + " cannot be deleted",
                                "set it without addresses to empty it");
    }
    const auto old = find(statements, wanted);
    if (old == statements.end())
      return diagnostics_.error(wanted.span(), "there is no " + describe(wanted));
    const bool named = wanted.tokens.size() > 1;
    if (!named && wanted.block && !wanted.block->statements.empty() && old->block) {
      for (const Statement& each : wanted.block->statements) remove(old->block->statements, each);
      if (!old->block->statements.empty()) return;
    }
    statements.erase(old);
  }

  const syntax::Vocabulary& vocabulary_;
  syntax::Diagnostics& diagnostics_;
};

}  // namespace

std::optional<std::string> edited(const syntax::Vocabulary& vocabulary, std::string name,
                                  std::string text, const std::vector<Edit>& edits,
                                  syntax::Diagnostics& diagnostics) {
  auto tree = syntax::parse(std::move(name), std::move(text), diagnostics);
  diagnostics.keep(tree.source);
  if (diagnostics.has_errors()) return std::nullopt;
  Editor editor(vocabulary, diagnostics);
  for (std::size_t i = 0; i < edits.size(); ++i) editor.apply(tree.statements, edits[i], i + 1);
  if (diagnostics.has_errors()) return std::nullopt;
  return syntax::format(tree);
}

}  // namespace sealgate::settings
