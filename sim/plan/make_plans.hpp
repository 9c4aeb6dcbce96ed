// From a scenario file to its plans: load, include, expand rows, check, resolve.
//
// Everything that is wrong with the file is reported at file:line:col, several errors at once; with
// any error there are no plans.
#pragma once

#include <string>
#include <vector>

#include "reference/syntax/diagnostic.hpp"
#include "reference/syntax/include.hpp"
#include "sim/plan/catalogue.hpp"
#include "sim/plan/plan.hpp"

namespace sealcheck::plan {

/// One plan a row. What the linter says of each row goes to `warnings`. `path` is the file's name
/// in reports and in the reader; .eml files are read through `reader` too, relative to the scenario
/// file.
std::vector<Plan> make_plans(const std::string& path, const syntax::Reader& reader,
                             const Catalogue& catalogue, syntax::Diagnostics& diagnostics,
                             syntax::Diagnostics* warnings = nullptr);

}  // namespace sealcheck::plan
