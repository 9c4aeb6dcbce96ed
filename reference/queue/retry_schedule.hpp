// When a delayed recipient is tried again (RUL-06): pure arithmetic, no clock.
//
// The first attempt falls at the time of queueing. After the k-th attempt the gap is
// interval * 2^(k-1), or interval when the growth is fixed, counted from that attempt. A gap that
// would pass the end of the retry period is cut: the last attempt falls exactly at the end of the
// period, so that a message is given all the time it was promised, and only its failure expires the
// recipient. With the defaults the attempts are at 0, 15, 45, 105, 225, 465, 945 and 1440 minutes.
//
// No input overflows: times saturate at WallTime's range. An interval under one second counts as
// one second, so that no setting can make a recipient due again at once, for ever.
#pragma once

#include <chrono>
#include <optional>

#include "reference/host/time.hpp"

namespace sealgate::queue {

enum class RetryGrowth { doubling, fixed };

struct RetryPolicy {
  host::Duration interval = std::chrono::minutes(15);
  RetryGrowth growth = RetryGrowth::doubling;
  host::Duration max_period = std::chrono::minutes(1440);
};

/// When the retry period of something queued at `first_queued` ends.
host::WallTime expiry(const RetryPolicy& policy, host::WallTime first_queued);

/// The time of the next attempt after `attempts_made` failed ones, the last of them at
/// `last_attempt` (ignored when none was made). None: the period is over, the recipient has
/// expired.
std::optional<host::WallTime> next_attempt(const RetryPolicy& policy, int attempts_made,
                                           host::WallTime last_attempt,
                                           host::WallTime first_queued);

}  // namespace sealgate::queue
