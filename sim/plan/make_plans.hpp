// From a scenario file to all of its plans at once: for tests and benchmarks. The engine makes them
// one by one (scenario_file.hpp).
#pragma once

#include <string>
#include <vector>

#include "sim/plan/scenario_file.hpp"

namespace sealcheck::plan {

/// One plan a row; none after an error. The parameters are ScenarioFile's.
std::vector<Plan> make_plans(const std::string& path, const syntax::Reader& reader,
                             const Catalogue& catalogue, syntax::Diagnostics& diagnostics,
                             syntax::Diagnostics* warnings = nullptr);

}  // namespace sealcheck::plan
