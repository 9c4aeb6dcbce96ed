#include "reference/queue/retry_schedule.hpp"

#include <algorithm>

namespace sealgate::queue {
namespace {

using host::Duration;
using host::WallTime;

constexpr Duration shortest_interval = std::chrono::seconds(1);

WallTime saturating_add(WallTime time, Duration span) {
  return span > WallTime::max() - std::max(time, WallTime()) ? WallTime::max() : time + span;
}

Duration gap_after(const RetryPolicy& policy, int attempts_made) {
  Duration gap = std::max(policy.interval, shortest_interval);
  if (policy.growth == RetryGrowth::fixed) return gap;
  // Doubling stops where the period ends: a longer gap is cut to it anyway.
  for (int k = 1; k < attempts_made && gap < policy.max_period; ++k) {
    gap = gap > Duration::max() / 2 ? Duration::max() : gap * 2;
  }
  return gap;
}

}  // namespace

WallTime expiry(const RetryPolicy& policy, WallTime first_queued) {
  return saturating_add(first_queued, std::max(policy.max_period, Duration::zero()));
}

std::optional<WallTime> next_attempt(const RetryPolicy& policy, int attempts_made,
                                     WallTime last_attempt, WallTime first_queued) {
  if (attempts_made <= 0) return first_queued;
  const auto end = expiry(policy, first_queued);
  if (last_attempt >= end) return std::nullopt;
  return std::min(saturating_add(last_attempt, gap_after(policy, attempts_made)), end);
}

}  // namespace sealgate::queue
