// A run told for people: what each actor did, one line each, without the bytes.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sim/engine/counterparts.hpp"
#include "sim/trace/event.hpp"

namespace sealcheck::engine {

struct TimelineLine {
  std::int64_t at_ns = 0;
  std::string actor;
  std::string text;
  Arrow arrow;
};

/// What an event says to a person; empty when it is too small to tell (single segments, say).
std::string describe(const trace::Event& event);

/// The last `per_actor` telling events of each actor, on one timeline in the order of happening.
std::vector<TimelineLine> timeline(const std::vector<trace::Event>& events, std::size_t per_actor);

}  // namespace sealcheck::engine
