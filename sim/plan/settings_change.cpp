#include "sim/plan/settings_change.hpp"

#include <algorithm>

#include "reference/syntax/format.hpp"
#include "reference/syntax/parser.hpp"

namespace sealcheck::plan {

using syntax::Statement;
using Statements = std::vector<Statement>;

namespace {

bool is_named(const Statement& statement) {
  return statement.tokens.size() > 1 && statement.tokens[1].is_string();
}

// Two statements of this key stand for the same thing: `policy "Confidential"`, `delivery`.
std::string key_of(const Statement& statement) {
  std::string key = statement.tokens.front().text;
  if (is_named(statement)) key += '"' + statement.tokens[1].text;
  return key;
}

syntax::Tree tree_of(const std::string& text) {
  syntax::Diagnostics ignored;
  return syntax::parse("settings", text, ignored);
}

std::string text_of(const Statements& statements) {
  std::string text;
  for (const Statement& statement : statements) text += syntax::format(statement);
  return text;
}

}  // namespace

Statements merged(Statements old, const Statements& changes) {
  Statements added;
  for (const Statement& change : changes) {
    const std::string key = key_of(change);
    const auto same = [&](const Statement& statement) { return key_of(statement) == key; };
    Statement result = change;
    const auto found = std::find_if(old.begin(), old.end(), same);
    if (found != old.end() && change.block && found->block && !is_named(change))
      result.block->statements = merged(found->block->statements, change.block->statements);
    if (found != old.end() && change.block) {
      *found = std::move(result);
      continue;
    }
    old.erase(std::remove_if(old.begin(), old.end(), same), old.end());
    added.push_back(std::move(result));
  }
  old.insert(old.end(), added.begin(), added.end());
  return old;
}

std::optional<Statements> without(Statements old, std::string_view kind, std::string_view name) {
  const auto removed = std::erase_if(old, [&](const Statement& setting) {
    return setting.starts_with(kind) && is_named(setting) && setting.tokens[1].text == name;
  });
  if (removed == 0) return std::nullopt;
  return old;
}

std::string merged(const std::string& old, const std::string& changes) {
  const auto before = tree_of(old);
  const auto wanted = tree_of(changes);
  return text_of(merged(before.statements, wanted.statements));
}

std::optional<std::string> without(const std::string& old, std::string_view kind,
                                   std::string_view name) {
  const auto before = tree_of(old);
  auto rest = without(before.statements, kind, name);
  if (!rest) return std::nullopt;
  return text_of(*rest);
}

}  // namespace sealcheck::plan
