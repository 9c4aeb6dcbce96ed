// What a world may use up before it counts as one that never ends, and what is thrown when it did.
//
// The scheduler counts tasks and watches its own clock; what it cannot see (memory, the wall clock)
// it asks `check` about. BudgetExceeded leaves World::run() between two tasks: the world is whole,
// and must be ended and not run again.
#pragma once

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>

namespace sealcheck::world {

enum class Resource { events, virtual_time, memory, wall_time };

struct BudgetExceeded : std::runtime_error {
  BudgetExceeded(Resource which, const std::string& what)
      : std::runtime_error(what), resource(which) {}
  Resource resource;
};

struct Budget {
  std::uint64_t events_max = UINT64_MAX;  ///< tasks and timers run
  std::int64_t time_ns_max = INT64_MAX;   ///< nothing may be due later, where anybody waits for it
  std::function<void()> check = {};       ///< called every check_interval events; may throw
};

inline constexpr std::uint64_t check_interval = 256;

}  // namespace sealcheck::world
