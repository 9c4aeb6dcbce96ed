// The machine's clocks as host::WallTime and host::MonoTime. Internal to this folder, which is the
// only one that may read them.
#pragma once

#include <chrono>

#include "reference/host/time.hpp"

namespace host {

inline WallTime real_wall_now() {
  return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

/// CLOCK_MONOTONIC: it stands still while the machine sleeps.
inline MonoTime real_mono_now() {
  return MonoTime(std::chrono::steady_clock::now().time_since_epoch());
}

/// The same instant for Asio's timers.
inline std::chrono::steady_clock::time_point to_steady(MonoTime time) {
  return std::chrono::steady_clock::time_point(time.time_since_epoch());
}

}  // namespace host
