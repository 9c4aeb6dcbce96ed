// Parameter tables: a scenario with `rows` becomes one list of statements for each row, in which
// every $column is replaced by the row's value.
//
// A word that is exactly $column becomes the value's tokens: a quoted value may hold several words.
// In the middle of a word or inside a string, $column is replaced by the value's text. Spans stay
// those of the place of use, so that a complaint points there.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "reference/syntax/diagnostic.hpp"
#include "reference/syntax/tree.hpp"

namespace sealcheck::plan {

struct Row {
  std::size_t number = 0;                                   ///< from 1; 0: the scenario has no rows
  std::vector<std::pair<std::string, std::string>> values;  ///< column → text
  std::vector<syntax::Statement> statements;  ///< the scenario's block, without `rows`
};

/// Reports rows of the wrong length, tables without rows and columns that nothing uses.
std::vector<Row> expand_rows(const syntax::Statement& scenario, syntax::Diagnostics& diagnostics);

}  // namespace sealcheck::plan
