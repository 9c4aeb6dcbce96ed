#include "sim/plan/live_windows.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace sealcheck;

constexpr std::int64_t second = 1'000'000'000;

plan::Plan plan_with(std::optional<std::int64_t> from, std::optional<std::int64_t> to) {
  plan::Plan plan;
  plan::Window window;
  window.from_ns = from;
  window.to_ns = to;
  plan.steps.push_back({plan::Expect{plan::QueueEmpty{}, window}, {}, {"x.scn:3:5", "expect …"}});
  return plan;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_window_is_at_least_twenty_lags_wide_after_scaling) {
  const auto wide = plan_with(14 * 60 * second, 16 * 60 * second);  // two minutes
  BOOST_TEST(plan::complain_about_windows(wide, 60, second / 10).empty());
  const auto complaints = plan::complain_about_windows(wide, 61, second / 10);
  BOOST_REQUIRE_EQUAL(complaints.size(), 1u);
  BOOST_TEST(complaints[0].find("x.scn:3:5: error: the window of 2m is ") == 0u);
  BOOST_TEST(complaints[0].find("less than 20 times the lag of 100ms") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_has_no_end_has_no_window) {
  BOOST_TEST(plan::complain_about_windows(plan_with({}, {}), 1000, second).empty());
  BOOST_TEST(plan::complain_about_windows(plan_with(0, {}), 1000, second).empty());
  BOOST_TEST(!plan::complain_about_windows(plan_with({}, 10 * second), 1, second).empty());
}
