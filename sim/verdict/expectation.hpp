// Expectations over the trace: which event satisfies a condition, and what to say when none does.
//
// Event conditions (receives, receives report, sees, is answered) look at single events; state
// conditions (in queue, queue is empty) look at one queue snapshot: a sut.queue event and the
// sut.queue-entry events behind it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/plan/plan.hpp"
#include "sim/trace/event.hpp"

namespace sealcheck::verdict {

/// True for conditions that are decided on a snapshot.
bool is_state(const plan::Condition& condition);

/// Whether this one event satisfies an event condition.
bool satisfies(const trace::Event& event, const plan::Condition& condition);

/// Whether it satisfies it by a tolerated alternative only: that passes and is marked.
bool only_tolerates(const trace::Event& event, const plan::Condition& condition);

/// Whether the snapshot that begins at `snapshot` (a sut.queue event) satisfies a state condition.
bool snapshot_satisfies(const std::vector<trace::Event>& events, std::size_t snapshot,
                        const plan::Condition& condition);

/// What the run shows in place of what was expected, in a clause: "m1 for bob@… is in queue delayed
/// because handshake-reset", "mx.partner.test received m1 at +0.3s over plain". Looks at the events
/// from `begin` on.
std::string describe_seen(const std::vector<trace::Event>& events, std::size_t begin,
                          const plan::Condition& condition);

}  // namespace sealcheck::verdict
