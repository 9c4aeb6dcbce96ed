// Every message that a peer took was expected: an SMTP transaction that no expectation accounts for
// fails the run.
//
// A transaction is a delivery (delivery.hpp): one smtp.message event with a 2xx reply. Which events
// expectations have used up is for the engine to say, by their sequence numbers; this judge does
// not match anything itself. A delivery that its peer hands back (smtp.hand-back) is that peer's to
// account for. A message that a peer refused is not its business.
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "sim/plan/plan.hpp"
#include "sim/trace/event.hpp"
#include "sim/verdict/verdict.hpp"

namespace sealcheck::verdict {

/// One failure for each delivery that is not consumed; else one pass.
std::vector<Assertion> judge_unaccounted(const plan::Plan& plan,
                                         const std::vector<trace::Event>& events,
                                         const std::set<std::uint64_t>& consumed);

}  // namespace sealcheck::verdict
