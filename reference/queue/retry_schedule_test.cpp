#include "reference/queue/retry_schedule.hpp"

#include <boost/test/unit_test.hpp>
#include <limits>
#include <vector>

namespace {

using namespace sealgate::queue;
using namespace std::chrono_literals;
using host::WallTime;

const WallTime start{std::chrono::sys_days(std::chrono::year(2026) / 11 / 23)};

/// Minutes after `start` of every attempt, each made exactly when it is due.
std::vector<int> minutes_of_attempts(const RetryPolicy& policy) {
  std::vector<int> minutes;
  WallTime last = start;
  while (const auto next = next_attempt(policy, static_cast<int>(minutes.size()), last, start)) {
    last = *next;
    minutes.push_back(static_cast<int>((last - start) / 1min));
    if (minutes.size() > 2000) break;
  }
  return minutes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(retry_schedule)

BOOST_AUTO_TEST_CASE(the_default_doubles_the_gap_and_tries_a_last_time_at_expiry) {
  const std::vector<int> expected = {0, 15, 45, 105, 225, 465, 945, 1440};
  const auto seen = minutes_of_attempts({});
  BOOST_TEST(seen == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_fixed_interval_stays_the_same_for_five_days) {
  const auto seen = minutes_of_attempts({15min, RetryGrowth::fixed, 5 * 24h});
  BOOST_TEST_REQUIRE(seen.size() == 481u);
  BOOST_TEST(seen[1] == 15);
  BOOST_TEST(seen[479] == 7185);
  BOOST_TEST(seen[480] == 7200);
}

BOOST_AUTO_TEST_CASE(the_gap_counts_from_the_last_attempt_and_not_from_when_it_was_due) {
  const auto late = start + 22min;
  BOOST_TEST((next_attempt({}, 1, late, start) == late + 15min));
  BOOST_TEST((next_attempt({}, 2, late, start) == late + 30min));
}

BOOST_AUTO_TEST_CASE(a_failure_at_or_after_the_end_of_the_period_expires) {
  BOOST_TEST((next_attempt({}, 3, start + 1440min - 1ns, start) == start + 1440min));
  BOOST_TEST(!next_attempt({}, 3, start + 1440min, start));
  BOOST_TEST(!next_attempt({}, 3, start + 2000min, start));
  BOOST_TEST(!next_attempt({15min, RetryGrowth::doubling, 0min}, 1, start, start));
}

BOOST_AUTO_TEST_CASE(no_interval_makes_a_recipient_due_again_at_once) {
  for (const auto interval : {host::Duration(0), host::Duration(-1h), host::Duration::min()}) {
    BOOST_TEST(
        (next_attempt({interval, RetryGrowth::fixed, 1440min}, 1, start, start) == start + 1s));
  }
}

BOOST_AUTO_TEST_CASE(extreme_values_saturate_instead_of_overflowing) {
  const RetryPolicy longest{host::Duration::max(), RetryGrowth::doubling, host::Duration::max()};
  BOOST_TEST((expiry(longest, start) == WallTime::max()));
  BOOST_TEST(
      (next_attempt(longest, std::numeric_limits<int>::max(), start, start) == WallTime::max()));
  const RetryPolicy slow{1s, RetryGrowth::doubling, host::Duration::max()};
  BOOST_TEST(
      (next_attempt(slow, std::numeric_limits<int>::max(), start, start) == WallTime::max()));
  BOOST_TEST((expiry({}, WallTime::max()) == WallTime::max()));
  BOOST_TEST((expiry({}, WallTime::min()) == WallTime::min() + 1440min));
  BOOST_TEST((expiry({15min, RetryGrowth::doubling, -1min}, start) == start));
}

BOOST_AUTO_TEST_SUITE_END()
