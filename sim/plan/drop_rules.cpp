#include "sim/plan/drop_rules.hpp"

#include <algorithm>
#include <set>

#include "reference/syntax/parser.hpp"

namespace sealcheck::plan {
namespace {

using syntax::Statement;
using Statements = std::vector<Statement>;

const Statements& inside(const Statement& statement) {
  static const Statements nothing;
  return statement.block ? statement.block->statements : nothing;
}

bool says(const Statement& statement, std::string_view word, std::string_view value) {
  return statement.starts_with(word) && statement.tokens.size() > 1 &&
         statement.tokens[1].text == value;
}

bool drops(const Statements& rule, const std::set<std::string>& dropping_plans) {
  return std::any_of(rule.begin(), rule.end(), [&](const Statement& statement) {
    if (statement.starts_with("rule")) return drops(inside(statement), dropping_plans);
    if (says(statement, "action", "drop")) return true;
    return statement.starts_with("plan") && statement.tokens.size() > 1 &&
           dropping_plans.contains(statement.tokens[1].text);
  });
}

bool is_deployed(const Statement& policy) {
  const auto& words = inside(policy);
  return std::any_of(words.begin(), words.end(),
                     [](const Statement& word) { return word.starts_with("deployed"); });
}

bool drops_failures(const Statement& third_party) {
  const auto& words = inside(third_party);
  return std::any_of(words.begin(), words.end(), [](const Statement& word) {
    return says(word, "on-failure", "drop");
  });
}

}  // namespace

bool may_drop(const std::string& configuration, Policies which) {
  syntax::Diagnostics unheard;
  const auto tree = syntax::parse("configuration", configuration, unheard);
  std::set<std::string> dropping_plans;
  for (const auto& statement : tree.statements) {
    if (!statement.starts_with("action-plan") || statement.tokens.size() < 2) continue;
    for (const auto& word : inside(statement))
      if (says(word, "email", "drop")) dropping_plans.insert(statement.tokens[1].text);
  }
  return std::any_of(tree.statements.begin(), tree.statements.end(),
                     [&](const Statement& statement) {
                       if (statement.starts_with("third-party")) return drops_failures(statement);
                       return statement.starts_with("policy") &&
                              (which == Policies::all || is_deployed(statement)) &&
                              drops(inside(statement), dropping_plans);
                     });
}

}  // namespace sealcheck::plan
