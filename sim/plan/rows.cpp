#include "sim/plan/rows.hpp"

#include <fmt/format.h>

#include <set>

#include "reference/syntax/lexer.hpp"
#include "reference/syntax/parser.hpp"

namespace sealcheck::plan {
namespace {

using syntax::Statement;
using syntax::Token;

class Substitution {
 public:
  Substitution(const Row& row, std::set<std::string>& used) : row_(row), used_(used) {}

  Statement apply(const Statement& statement) {
    Statement result = statement;
    result.tokens.clear();
    for (const Token& token : statement.tokens) append(result.tokens, token);
    if (result.block)
      for (Statement& child : result.block->statements) child = apply(child);
    return result;
  }

 private:
  void append(std::vector<Token>& tokens, const Token& token) {
    if (token.text.find('$') == std::string::npos) {
      tokens.push_back(token);
      return;
    }
    if (token.is_word() && token.text.front() == '$')
      if (const std::string* value = find(std::string_view(token.text).substr(1)))
        return splice(tokens, *value, token.span);
    Token replaced = token;
    replaced.text = replace_inside(token.text);
    tokens.push_back(std::move(replaced));
  }

  // The value's own words, in the place of the one that named it.
  static void splice(std::vector<Token>& tokens, const std::string& value,
                     const syntax::Span& span) {
    syntax::Diagnostics ignored;
    const syntax::Tree parsed = syntax::parse("row", value, ignored);
    for (const Statement& statement : parsed.statements)
      for (Token token : statement.tokens) {
        token.span = span;
        tokens.push_back(std::move(token));
      }
  }

  std::string replace_inside(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
      const std::string* value = nullptr;
      std::size_t length = 0;
      if (text[at] == '$')
        for (const auto& [column, cell] : row_.values)
          if (text.substr(at + 1).starts_with(column) && column.size() > length) {
            value = &cell;
            length = column.size();
            used_.insert(column);
          }
      if (value) {
        result += *value;
        at += 1 + length;
      } else {
        result += text[at++];
      }
    }
    return result;
  }

  const std::string* find(std::string_view column) {
    for (const auto& [name, value] : row_.values)
      if (name == column) {
        used_.insert(name);
        return &value;
      }
    return nullptr;
  }

  const Row& row_;
  std::set<std::string>& used_;
};

}  // namespace

std::vector<Row> expand_rows(const Statement& scenario, syntax::Diagnostics& diagnostics) {
  static const std::vector<Statement> nothing;
  const auto& statements = scenario.block ? scenario.block->statements : nothing;
  std::vector<Statement> body;
  const Statement* table = nullptr;
  for (const Statement& statement : statements) {
    if (statement.starts_with("rows") && !table)
      table = &statement;
    else
      body.push_back(statement);
  }
  if (!table) {
    Row only;
    only.statements = std::move(body);
    return {std::move(only)};
  }
  std::vector<Row> rows;
  std::set<std::string> used;
  const auto& lines = table->block ? table->block->statements : nothing;
  for (const Statement& line : lines) {
    if (!line.starts_with("row")) continue;  // the vocabulary complains
    const std::size_t cells = line.tokens.size() - 1;
    const std::size_t columns = table->tokens.size() - 1;
    if (cells != columns) {
      diagnostics.error(line.span(),
                        fmt::format("the row has {} values, the table {} columns", cells, columns));
      continue;
    }
    Row& row = rows.emplace_back();
    row.number = rows.size();
    for (std::size_t i = 1; i <= columns; ++i)
      row.values.emplace_back(table->tokens[i].text, line.tokens[i].text);
    Substitution substitution(row, used);
    for (const Statement& statement : body) row.statements.push_back(substitution.apply(statement));
  }
  if (lines.empty()) diagnostics.error(table->span(), "the table has no rows", "add: row <value>…");
  if (rows.empty()) return rows;
  for (std::size_t i = 1; i < table->tokens.size(); ++i)
    if (!used.contains(table->tokens[i].text))
      diagnostics.error(table->tokens[i].span,
                        fmt::format("nothing uses the column '{}'", table->tokens[i].text),
                        fmt::format("write ${} where its value belongs", table->tokens[i].text));
  return rows;
}

}  // namespace sealcheck::plan
