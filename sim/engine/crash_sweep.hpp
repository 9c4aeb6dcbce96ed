// The crash sweep: one scenario, played once for each disk operation of the gateway with a power
// loss right before it, once with one right after it, and for each commit in the middle of its
// latency (whoever answers before the disk does is caught there).
//
// The gateway starts again a second later and goes on until its queue is empty or everything has
// expired. The script's own expectations only let time pass; what is judged is that nothing is
// lost, nothing comes twice without a reason and nothing shows in clear. Operations count from the
// world's start: the creation of the database is swept too. An id tells the moment, and which of
// the disks that it may leave: "x.scn@before-17", "x.scn@before-17+1".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/engine/suite.hpp"

namespace sealcheck::engine {

/// Not if it crashes the gateway itself, or must fail.
bool can_be_swept(const plan::Plan& plan);

/// The plan with its power loss, and an id that says so.
plan::Plan swept(plan::Plan plan, const plan::Sweep& sweep);

/// Cuts the moment off a path: "x.scn@before-17+1". Nothing when there is none.
std::optional<plan::Sweep> take_moment(std::string& path);

/// Plays each plan once, to count, and names the runs of its sweep. Throws std::runtime_error when
/// a plan does not come to its end even without a crash.
std::vector<PlannedRun> sweep_runs(const std::vector<PlannedRun>& runs, const SutFactory& make_sut,
                                   const SuiteOptions& options, std::uint64_t outcomes);

}  // namespace sealcheck::engine
