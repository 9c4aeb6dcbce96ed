// A snapshot of the gateway's queue as the trace holds it: `sut.queue {at, entries}` and one
// `sut.queue-entry` for each entry right after it. Pointers go into the events.
#pragma once

#include <optional>
#include <vector>

#include "sim/trace/event.hpp"

namespace sealcheck::verdict {

struct QueueSnapshot {
  const trace::Event* mark = nullptr;
  std::vector<const trace::Event*> entries;

  /// Whether as many entries came as were announced.
  bool complete() const;
};

/// Nothing when none was taken.
std::optional<QueueSnapshot> last_snapshot(const std::vector<trace::Event>& events);

}  // namespace sealcheck::verdict
