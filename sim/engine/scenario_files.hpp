// Finds scenario files on the real disk and makes their plans.
#pragma once

#include <string>
#include <vector>

#include "sim/plan/plan.hpp"

namespace sealcheck::engine {

struct LoadedScenarios {
  std::vector<plan::Plan> plans;         ///< in the order of file names, then of rows
  std::vector<std::string> diagnostics;  ///< rendered; not empty: the plans are not to be run
};

/// `paths`: files, folders (searched for *.scn) and "file#row"; none: the folder scenarios. Files
/// below `root` are named relative to it.
LoadedScenarios load_scenarios(const std::string& root, const std::vector<std::string>& paths);

}  // namespace sealcheck::engine
