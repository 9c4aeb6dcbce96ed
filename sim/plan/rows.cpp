#include "sim/plan/rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "reference/syntax/parser.hpp"
#include "sim/plan/cell_type.hpp"

namespace sealcheck::plan {
namespace {

using syntax::Statement;
using syntax::Token;

const std::vector<Statement> nothing;

// The longest column whose name the text begins with, -1: none.
template <class Names>
int column_at(std::string_view text, const Names& names) {
  int best = -1;
  std::size_t length = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string& name = names[i].first;
    if (!text.starts_with(name) || name.size() <= length) continue;
    best = static_cast<int>(i);
    length = name.size();
  }
  return best;
}

class Substitution {
 public:
  explicit Substitution(const Row& row) : row_(row) {}

  Statement apply(const Statement& statement) const {
    Statement result = statement;
    result.tokens.clear();
    for (const Token& token : statement.tokens) append(result.tokens, token);
    if (result.block)
      for (Statement& child : result.block->statements) child = apply(child);
    return result;
  }

 private:
  void append(std::vector<Token>& tokens, const Token& token) const {
    if (token.text.find('$') == std::string::npos) {
      tokens.push_back(token);
      return;
    }
    if (token.is_word() && token.text.front() == '$')
      for (const auto& [name, value] : row_.values)
        if (token.text.compare(1, std::string::npos, name) == 0)
          return splice(tokens, value, token.span);
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

  std::string replace_inside(std::string_view text) const {
    std::string result;
    while (!text.empty()) {
      const int column = text[0] == '$' ? column_at(text.substr(1), row_.values) : -1;
      if (column >= 0) {
        const auto& [name, value] = row_.values[static_cast<std::size_t>(column)];
        result += value;
        text.remove_prefix(1 + name.size());
      } else {
        result += text[0];
        text.remove_prefix(1);
      }
    }
    return result;
  }

  const Row& row_;
};

// Which columns the statement names.
template <class Names>
void collect_used(const Statement& statement, const Names& names, std::set<std::size_t>& used) {
  for (const Token& token : statement.tokens)
    for (std::size_t at = token.text.find('$'); at != std::string::npos;
         at = token.text.find('$', at + 1)) {
      const int column = column_at(std::string_view(token.text).substr(at + 1), names);
      if (column >= 0) used.insert(static_cast<std::size_t>(column));
    }
  if (statement.block)
    for (const Statement& child : statement.block->statements) collect_used(child, names, used);
}

}  // namespace

RowTable::RowTable(const Statement& scenario, const syntax::Vocabulary& vocabulary,
                   syntax::Diagnostics& diagnostics) {
  const Statement* table = nullptr;
  for (const Statement& statement : scenario.block ? scenario.block->statements : nothing) {
    if (statement.starts_with("rows") && !table)
      table = &statement;
    else
      body_.push_back(&statement);
  }
  if (!table) {
    rows_.emplace_back();
    return;
  }
  read_columns(*table, vocabulary, diagnostics);
  const auto& lines = table->block ? table->block->statements : nothing;
  rows_.reserve(lines.size());
  for (const Statement& line : lines)
    if (line.starts_with("row")) read_row(line, vocabulary, diagnostics);  // or else: not a row
  if (lines.empty()) diagnostics.error(table->span(), "the table has no rows", "add: row <value>…");
  if (rows_.empty()) return;
  std::set<std::size_t> used;
  for (const Statement* statement : body_) collect_used(*statement, rows_.front().values, used);
  for (std::size_t i = 0; i < columns_.size(); ++i)
    if (!used.contains(i))
      diagnostics.error(table->tokens[i + 1].span,
                        fmt::format("nothing uses the column '{}'", columns_[i].name),
                        fmt::format("write ${} where its value belongs", columns_[i].name));
}

void RowTable::read_columns(const Statement& table, const syntax::Vocabulary& vocabulary,
                            syntax::Diagnostics& diagnostics) {
  for (std::size_t i = 1; i < table.tokens.size(); ++i) {
    const std::string& text = table.tokens[i].text;
    const std::size_t colon = std::min(text.find(':'), text.size());
    Column column{text.substr(0, colon), text.substr(std::min(colon + 1, text.size()))};
    const auto same = [&](const Column& other) { return other.name == column.name; };
    if (std::any_of(columns_.begin(), columns_.end(), same))
      diagnostics.error(table.tokens[i].span,
                        fmt::format("there is already a column '{}'", column.name));
    if (const auto complaint = complain_about_type(vocabulary, column.type)) {
      diagnostics.error(table.tokens[i].span, *complaint,
                        "a type is one of the language's, or section/word: mx/starttls");
      column.type.clear();
    }
    columns_.push_back(std::move(column));
  }
}

void RowTable::read_row(const Statement& line, const syntax::Vocabulary& vocabulary,
                        syntax::Diagnostics& diagnostics) {
  if (line.tokens.size() - 1 != columns_.size()) {
    diagnostics.error(line.span(), fmt::format("the row has {} values, the table {} columns",
                                               line.tokens.size() - 1, columns_.size()));
    return;
  }
  Row& row = rows_.emplace_back();
  row.number = rows_.size();
  row.span = line.span();
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const Token& cell = line.tokens[i + 1];
    row.values.emplace_back(columns_[i].name, cell.text);
    if (columns_[i].type.empty()) continue;
    if (const auto complaint = complain_about_cell(vocabulary, columns_[i].type, cell))
      diagnostics.error(cell.span,
                        fmt::format("{} in the column '{}'", *complaint, columns_[i].name));
  }
}

std::vector<Statement> RowTable::statements(const Row& row) const {
  const Substitution substitution(row);
  std::vector<Statement> result;
  result.reserve(body_.size());
  for (const Statement* statement : body_)
    result.push_back(row.number == 0 ? *statement : substitution.apply(*statement));
  return result;
}

}  // namespace sealcheck::plan
