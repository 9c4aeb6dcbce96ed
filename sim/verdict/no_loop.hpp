// No message goes round for ever: RFC 5321 section 6.3 has a gateway count the Received fields of
// what comes in, and refuse what has been through too many servers.
//
// What speaks of a loop, for one message and recipient:
// - a peer handed it back (smtp.hand-back) and the gateway delivered it again, time after time; or
// - a copy that a peer took carries many Received fields of this gateway.
// Each is a pass through the gateway. passes_max of them are within the rule: a gateway that
// refuses a message with more than 100 Received fields lets the 101st pass. A message that comes
// back now and then is no loop. Needs no snapshot, and can judge the part of a run.
#pragma once

#include <cstddef>
#include <vector>

#include "sim/plan/plan.hpp"
#include "sim/trace/event.hpp"
#include "sim/verdict/verdict.hpp"

namespace sealcheck::verdict {

inline constexpr std::size_t passes_max = 101;

/// One failure for each message and recipient that went round too often; else one pass.
std::vector<Assertion> judge_no_loop(const plan::Plan& plan,
                                     const std::vector<trace::Event>& events);

}  // namespace sealcheck::verdict
