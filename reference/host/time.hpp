// Two clocks, never mixed: the compiler refuses to subtract one from the other.
//
// WallTime is UTC as an administrator reads it; it may jump (NTP, a restored snapshot) and is what
// is stored on disk. MonoTime only moves forward while a host lives and means nothing across a
// restart; timers and deadlines use it. Both count int64 nanoseconds.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace host {

using Duration = std::chrono::nanoseconds;
using WallTime = std::chrono::sys_time<Duration>;

struct MonoClock {
  using duration = Duration;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<MonoClock>;
  static constexpr bool is_steady = true;
};
using MonoTime = MonoClock::time_point;

/// "Mon, 23 Nov 2026 17:07:38 +0000" (RFC 5322 section 3.3), always in UTC.
std::string to_rfc5322_date(WallTime time);

/// "2026-11-23T17:07:38.123456789Z" (RFC 3339).
std::string to_rfc3339(WallTime time);

}  // namespace host
