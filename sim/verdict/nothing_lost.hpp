// Whatever the gateway answered 250 to is delivered, still in its queue, or reported by an NDR.
// Two ends leave nothing to see, and count only with their evidence: an `admin deletes` of just
// this recipient that was played, and a refusal by a peer for good where NOTIFY asks for no report
// on it (RFC 3461 section 4.1).
//
// A promise is one recipient of a submission: a 2xx `sender.recipient` of a message whose
// `sender.done` has the result accepted. It is kept by a delivery at any peer (at an encryption
// server only if it delivers itself: one that returns mail has it on loan), by an entry in the
// run's last queue snapshot, in whatever state, or by an NDR. Delivered and queued at once is kept
// too: whether it comes twice is judge_no_duplicate's to see. A run without a snapshot, with an
// incomplete one, or with one older than a promise is an error: the lab did not look.
#pragma once

#include <vector>

#include "sim/plan/plan.hpp"
#include "sim/trace/event.hpp"
#include "sim/verdict/verdict.hpp"

namespace sealcheck::verdict {

/// One failure for each broken promise; else one pass, or one error.
std::vector<Assertion> judge_nothing_lost(const plan::Plan& plan,
                                          const std::vector<trace::Event>& events);

}  // namespace sealcheck::verdict
