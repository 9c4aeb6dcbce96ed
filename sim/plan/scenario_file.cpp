#include "sim/plan/scenario_file.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>

#include "reference/syntax/check.hpp"
#include "sim/dsl/vocabulary.hpp"
#include "sim/plan/plan_builder.hpp"

namespace sealcheck::plan {
namespace {

// A statement that says nothing in one row may be what another row is for: what all rows say.
void keep_common(std::optional<dsl::Warnings>& common, dsl::Warnings row) {
  if (!common) {
    common = std::move(row);
    return;
  }
  std::erase_if(*common, [&](const syntax::Diagnostic& known) {
    return std::none_of(row.begin(), row.end(), [&](const syntax::Diagnostic& other) {
      return known.span.file == other.span.file && known.span.begin == other.span.begin &&
             known.message == other.message;
    });
  });
}

}  // namespace

// Of all rows so far.
struct ScenarioFile::Findings {
  bool lint = false;
  std::optional<dsl::Warnings> warnings = {};
  std::optional<dsl::Warnings> unreached = {};
};

ScenarioFile::ScenarioFile(std::string path, syntax::Reader reader, const Catalogue& catalogue,
                           syntax::Diagnostics& diagnostics, syntax::Diagnostics* warnings)
    : path_(std::move(path)), reader_(std::move(reader)), catalogue_(catalogue) {
  tree_ = syntax::load(path_, reader_, diagnostics);
  for (auto* list : {&diagnostics, warnings}) {
    if (!list) continue;
    list->keep(tree_.source);
    for (const auto& file : tree_.included) list->keep(file);
  }
  if (diagnostics.has_errors()) return;
  for (syntax::Statement& statement : tree_.statements)
    if (statement.starts_with("scenario")) scenario_ = &statement;
  const auto& vocabulary = dsl::scenario_vocabulary();
  if (scenario_) table_.emplace(*scenario_, vocabulary, diagnostics);
  // The whole file is checked as written when a row cannot show what is wrong with it.
  if (!scenario_ || table_->rows().empty() || table_->rows().front().number == 0)
    syntax::check(vocabulary, "file", tree_, diagnostics);
  if (scenario_ && !diagnostics.has_errors()) {
    drop_rows();
    check_rows(diagnostics, warnings);
  }
  if (diagnostics.has_errors()) entries_.clear();
}

// The table has them: of ten thousand rows the tree would be the larger part.
void ScenarioFile::drop_rows() {
  if (!scenario_->block) return;
  for (syntax::Statement& statement : scenario_->block->statements)
    if (statement.starts_with("rows") && statement.block)
      std::vector<syntax::Statement>().swap(statement.block->statements);
}

void ScenarioFile::check_rows(syntax::Diagnostics& diagnostics, syntax::Diagnostics* warnings) {
  Findings findings{.lint = warnings != nullptr};
  entries_.reserve(table_->rows().size());
  for (const Row& row : table_->rows()) {
    const Plan plan = build(row, &findings, diagnostics);
    if (diagnostics.has_errors()) {
      // The place of use alone does not show which value is wrong.
      if (row.number != 0) diagnostics.error(row.span, "so it is with the values of this row");
      return;
    }
    entries_.push_back({plan.id, plan.budget.wall_ns_max != Budget{}.wall_ns_max});
  }
  // A shared world may have a peer that one of its scenarios does not need.
  for (auto& peer : findings.unreached.value_or(dsl::Warnings{}))
    if (peer.span.file == tree_.source.get())
      diagnostics.error(peer.span, std::move(peer.message), std::move(peer.hint));
  for (auto& warning : findings.warnings.value_or(dsl::Warnings{}))
    warnings->add(std::move(warning));
}

Plan ScenarioFile::build(const Row& row, Findings* findings,
                         syntax::Diagnostics& diagnostics) const {
  Plan plan;
  const auto statements = table_->statements(row);
  const auto nodes = syntax::check(dsl::scenario_vocabulary(), "scenario", statements,
                                   scenario_->span(), diagnostics);
  if (diagnostics.has_errors()) return plan;
  if (findings) {
    if (findings->lint) keep_common(findings->warnings, dsl::lint(nodes));
    dsl::Warnings unreached;
    dsl::find_unreached_peers(nodes, unreached);
    keep_common(findings->unreached, std::move(unreached));
  }
  plan.file = path_;
  plan.id = row.number == 0 ? path_ : path_ + "#" + std::to_string(row.number);
  plan.title = scenario_->tokens.size() > 1 ? scenario_->tokens[1].text : "";
  for (const auto& [column, value] : row.values)
    plan.title += (&column == &row.values.front().first ? ": " : ", ") + value;
  const auto position = scenario_->span();
  plan.place = {syntax::to_string(position),
                std::string(position.file->line(position.file->position(position.begin).line))};
  PlanBuilder(plan, reader_, catalogue_, diagnostics).build(nodes, statements);
  return plan;
}

Plan ScenarioFile::make(std::size_t number) const {
  syntax::Diagnostics diagnostics;
  Plan plan = build(table_->rows()[number], nullptr, diagnostics);
  if (diagnostics.has_errors()) throw std::runtime_error(diagnostics.render());
  return plan;
}

}  // namespace sealcheck::plan
