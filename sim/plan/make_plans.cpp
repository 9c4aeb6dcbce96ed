#include "sim/plan/make_plans.hpp"

#include <algorithm>
#include <optional>

#include "reference/syntax/check.hpp"
#include "sim/dsl/lint.hpp"
#include "sim/dsl/vocabulary.hpp"
#include "sim/plan/plan_builder.hpp"
#include "sim/plan/rows.hpp"

namespace sealcheck::plan {
namespace {

// The place of use alone does not show which value is wrong.
std::vector<Plan> told_of_row(const Row& row, syntax::Diagnostics& diagnostics) {
  if (row.number != 0) diagnostics.error(row.span, "so it is with the values of this row");
  return {};
}

// A statement that says nothing in one row may be what another row is for: what all rows warn of.
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

std::vector<Plan> make_plans(const std::string& path, const syntax::Reader& reader,
                             const Catalogue& catalogue, syntax::Diagnostics& diagnostics,
                             syntax::Diagnostics* warnings) {
  const syntax::Tree tree = syntax::load(path, reader, diagnostics);
  diagnostics.keep(tree.source);
  for (const auto& file : tree.included) diagnostics.keep(file);
  if (warnings) warnings->keep(tree.source);
  for (const auto& file : tree.included)
    if (warnings) warnings->keep(file);
  if (diagnostics.has_errors()) return {};

  const auto& vocabulary = dsl::scenario_vocabulary();
  std::vector<Plan> plans;
  const syntax::Statement* scenario = nullptr;
  for (const syntax::Statement& statement : tree.statements)
    if (statement.starts_with("scenario")) scenario = &statement;
  if (!scenario) {
    syntax::check(vocabulary, "file", tree, diagnostics);
    return {};
  }
  const RowTable table(*scenario, vocabulary, diagnostics);
  // The whole file is checked as written when a row cannot show what is wrong with it.
  if (table.rows().empty() || table.rows().front().number == 0) {
    syntax::check(vocabulary, "file", tree, diagnostics);
    if (diagnostics.has_errors()) return {};
  }
  if (diagnostics.has_errors()) return {};
  std::optional<dsl::Warnings> common;
  plans.reserve(table.rows().size());
  for (const Row& row : table.rows()) {
    const auto statements = table.statements(row);
    const auto nodes =
        syntax::check(vocabulary, "scenario", statements, scenario->span(), diagnostics);
    if (diagnostics.has_errors()) return told_of_row(row, diagnostics);
    if (warnings) keep_common(common, dsl::lint(nodes));
    Plan& plan = plans.emplace_back();
    plan.file = path;
    plan.id = row.number == 0 ? path : path + "#" + std::to_string(row.number);
    plan.title = scenario->tokens.size() > 1 ? scenario->tokens[1].text : "";
    for (const auto& [column, value] : row.values)
      plan.title += (&column == &row.values.front().first ? ": " : ", ") + value;
    const auto position = scenario->span();
    plan.place = {syntax::to_string(position),
                  std::string(position.file->line(position.file->position(position.begin).line))};
    PlanBuilder(plan, reader, catalogue, diagnostics).build(nodes, statements);
    if (diagnostics.has_errors()) return told_of_row(row, diagnostics);
  }
  for (auto& warning : common.value_or(dsl::Warnings{})) warnings->add(std::move(warning));
  return plans;
}

}  // namespace sealcheck::plan
