// What a run may use up, and the verdict of one that uses up more: Livelock.
//
// Each resource has words of its own. Three of them give the same verdict wherever the run is
// played; the wall clock cannot, so that a run it cuts off has no trace hash.
#pragma once

#include <functional>

#include "sim/plan/plan.hpp"
#include "sim/trace/trace.hpp"
#include "sim/verdict/verdict.hpp"
#include "sim/world/virtual/budget.hpp"

namespace sealcheck::engine {

/// The plan's budget as its world keeps it. `trace` must outlive the world; `out_of_time` says
/// whether the wall clock's share is used up, and may be empty.
world::Budget budget_of(const plan::Plan& plan, const trace::Trace& trace,
                        std::function<bool()> out_of_time);

/// The failure of a run that had used up that resource at that time, with its last events.
verdict::Assertion livelock(const plan::Plan& plan, world::Resource resource, std::int64_t now_ns,
                            const std::vector<trace::Event>& events);

/// The failure of a run that had to be killed: it was stuck inside one event.
verdict::Assertion stuck(const plan::Plan& plan);

}  // namespace sealcheck::engine
