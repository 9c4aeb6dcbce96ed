// Runs many plans, made one by one, each in a forked child of this warm, single-threaded process,
// so that no run sees what another left behind and a crash costs one scenario.
//
// The child sends its result through a pipe; the parent hands each result on as it comes. A child
// that dies yields the verdict error. One whose wall-clock budget (plan::Budget) is over ends its
// run by itself and says so; if it does not even do that, it is killed, and fails.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/engine/run_plan.hpp"
#include "sim/engine/scenario_files.hpp"

namespace sealcheck::engine {

struct SuiteOptions {
  std::string out;  ///< folder for traces; must exist
  std::uint64_t seed = 1;
  unsigned jobs = 1;
  enum class Capture { none, failures, selftests, all };
  Capture capture = Capture::none;  ///< which runs leave a packet capture; selftests: those too
};

struct SuiteEvents {
  std::function<void(const plan::Plan&)> started;
  std::function<void(const plan::Plan&, boost::json::object result)> finished;
};

/// Runs with a wall-clock budget of their own come first: they may use it up. True when every
/// verdict was pass, unsupported or skipped. Throws std::system_error when the machine gives no
/// process or pipe.
bool run_suite(std::vector<PlannedRun> runs, const SutFactory& make_sut,
               const SuiteOptions& options, const SuiteEvents& events);

}  // namespace sealcheck::engine
