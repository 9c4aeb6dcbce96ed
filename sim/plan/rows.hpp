// Parameter tables: a scenario with `rows` is played once for each row, with every $column replaced
// by the row's value.
//
// A word that is exactly $column becomes the value's tokens: a quoted value may hold several words.
// In the middle of a word or inside a string, $column is replaced by the value's text. Spans stay
// those of the place of use, so that a complaint points there. A column may have a type: one of the
// vocabulary's, or section/word for what may follow that word in that section; it is checked cell
// by cell. Rows are expanded one by one, so that ten thousand cost their text and no more.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "reference/syntax/diagnostic.hpp"
#include "reference/syntax/tree.hpp"
#include "reference/syntax/vocabulary.hpp"

namespace sealcheck::plan {

struct Row {
  std::size_t number = 0;                                   ///< from 1; 0: the scenario has no rows
  std::vector<std::pair<std::string, std::string>> values;  ///< column → text
  syntax::Span span;                                        ///< of the row
};

class RowTable {
 public:
  /// Reports rows of the wrong length, cells of the wrong type, tables without rows and columns
  /// that nothing uses. `scenario` must outlive the table.
  RowTable(const syntax::Statement& scenario, const syntax::Vocabulary& vocabulary,
           syntax::Diagnostics& diagnostics);

  /// One without a number when there is no table.
  const std::vector<Row>& rows() const { return rows_; }
  /// The scenario's block, without `rows`, as the row has it.
  std::vector<syntax::Statement> statements(const Row& row) const;

 private:
  void read_columns(const syntax::Statement& table, const syntax::Vocabulary& vocabulary,
                    syntax::Diagnostics& diagnostics);
  void read_row(const syntax::Statement& line, const syntax::Vocabulary& vocabulary,
                syntax::Diagnostics& diagnostics);

  struct Column {
    std::string name;
    std::string type;  ///< empty: anything
  };
  std::vector<Column> columns_;
  std::vector<Row> rows_;
  std::vector<const syntax::Statement*> body_;
};

}  // namespace sealcheck::plan
