// A scenario file that is known to be right, and the plans of its rows.
//
// Loading makes each row's plan once, to see what is wrong, and keeps none: a plan is made anew
// each time it is asked for, so that ten thousand rows cost their text and no more. What is wrong
// is reported at file:line:col, several errors at once; a file with an error has no rows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reference/syntax/diagnostic.hpp"
#include "reference/syntax/include.hpp"
#include "sim/dsl/lint.hpp"
#include "sim/plan/catalogue.hpp"
#include "sim/plan/plan.hpp"
#include "sim/plan/rows.hpp"

namespace sealcheck::plan {

class ScenarioFile {
 public:
  /// What can be said of a row without its plan.
  struct Entry {
    std::string id;      ///< the file's name, with "#2" for the second row
    bool timed = false;  ///< has a wall-clock budget of its own
  };

  /// `path` is the file's name in reports and in the reader; .eml files are read through `reader`
  /// too, relative to the scenario file. What the linter says of every row goes to `warnings`.
  /// `catalogue` must outlive this.
  ScenarioFile(std::string path, syntax::Reader reader, const Catalogue& catalogue,
               syntax::Diagnostics& diagnostics, syntax::Diagnostics* warnings = nullptr);
  ScenarioFile(const ScenarioFile&) = delete;
  ScenarioFile& operator=(const ScenarioFile&) = delete;

  const std::vector<Entry>& entries() const { return entries_; }
  /// Of the entry with this number. A file that has changed on disk since is not read again; an
  /// .eml file is. Throws std::runtime_error when that cannot be read any more.
  Plan make(std::size_t number) const;

 private:
  struct Findings;

  void drop_rows();
  void check_rows(syntax::Diagnostics& diagnostics, syntax::Diagnostics* warnings);
  Plan build(const Row& row, Findings* findings, syntax::Diagnostics& diagnostics) const;

  std::string path_;
  syntax::Reader reader_;
  const Catalogue& catalogue_;
  syntax::Tree tree_;
  syntax::Statement* scenario_ = nullptr;
  std::optional<RowTable> table_;
  std::vector<Entry> entries_;
};

}  // namespace sealcheck::plan
