// Finds scenario files on the real disk and makes their plans.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/plan/plan.hpp"

namespace sealcheck::engine {

/// A scenario, or a row of one, whose plan is made when its turn comes: plans are large.
struct PlannedRun {
  std::string id;
  bool timed = false;  ///< has a wall-clock budget of its own
  std::function<plan::Plan()> make;
};

struct LoadedScenarios {
  std::vector<PlannedRun> runs;          ///< in the order of file names, then of rows
  std::vector<std::string> diagnostics;  ///< rendered; not empty: nothing is to be run
  std::vector<std::string> warnings;     ///< the linter's, rendered, one text a file
};

/// `paths`: files, folders (searched for *.scn) and "file#row"; none: the folder scenarios. Files
/// below `root` are named relative to it. The linter is asked on request.
LoadedScenarios load_scenarios(const std::string& root, const std::vector<std::string>& paths,
                               bool lint = false);

/// Keeps the runs whose ids stand in the file, one a line. Throws std::runtime_error when it
/// cannot be read.
void keep_only(const std::string& file_name, std::vector<PlannedRun>& runs);

}  // namespace sealcheck::engine
