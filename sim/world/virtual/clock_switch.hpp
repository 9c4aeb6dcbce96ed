// Whose time libraries read. Linking this defines time(), clock_gettime() and gettimeofday() for
// the whole executable, OpenSSL and SQLite included; while a virtual clock is set they answer from
// it, else they fall through to the system call.
#pragma once

#include <cstdint>

namespace sealcheck::world::clock_switch {

/// UTC and monotonic time in ns.
struct VirtualClock {
  virtual ~VirtualClock() = default;
  virtual std::int64_t wall_ns() const = 0;
  virtual std::int64_t mono_ns() const = 0;
};

/// Null: real time. The clock must live until it is replaced.
void set(const VirtualClock* clock);

/// The machine's own monotonic clock, whatever is set: for budgets and progress, never inside a
/// world.
std::int64_t real_mono_ns();

}  // namespace sealcheck::world::clock_switch
