// The judges that watch every run, in a fixed order: cleartext, nothing lost, no duplicate, no
// loop, unaccounted. They read a finished run and change nothing; each header says what its judge
// needs of the trace.
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "sim/plan/plan.hpp"
#include "sim/trace/event.hpp"
#include "sim/verdict/verdict.hpp"

namespace sealcheck::verdict {

/// `consumed`: the sequence numbers of the events that expectations have used up.
std::vector<Assertion> run_judges(const plan::Plan& plan, const std::vector<trace::Event>& events,
                                  const std::set<std::uint64_t>& consumed);

/// Those that can judge a run which did not come to its end: cleartext and no loop.
std::vector<Assertion> run_judges_on_part(const plan::Plan& plan,
                                          const std::vector<trace::Event>& events);

}  // namespace sealcheck::verdict
