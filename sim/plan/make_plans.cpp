#include "sim/plan/make_plans.hpp"

#include "reference/syntax/check.hpp"
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

}  // namespace

std::vector<Plan> make_plans(const std::string& path, const syntax::Reader& reader,
                             const Catalogue& catalogue, syntax::Diagnostics& diagnostics) {
  const syntax::Tree tree = syntax::load(path, reader, diagnostics);
  diagnostics.keep(tree.source);
  for (const auto& file : tree.included) diagnostics.keep(file);
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
  plans.reserve(table.rows().size());
  for (const Row& row : table.rows()) {
    const auto statements = table.statements(row);
    const auto nodes =
        syntax::check(vocabulary, "scenario", statements, scenario->span(), diagnostics);
    if (diagnostics.has_errors()) return told_of_row(row, diagnostics);
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
  return plans;
}

}  // namespace sealcheck::plan
