#include "sim/engine/crash_sweep.hpp"

#include <boost/test/unit_test.hpp>

using namespace sealcheck;

BOOST_AUTO_TEST_CASE(a_moment_of_a_sweep_is_cut_off_its_path_and_comes_back_in_the_id) {
  for (const char* suffix : {"@before-17", "@after-3", "@during-2", "@after-120+1"}) {
    std::string path = "scenarios/tls/x.scn#2" + std::string(suffix);
    const auto sweep = engine::take_moment(path);
    BOOST_TEST_REQUIRE(sweep.has_value());
    BOOST_TEST(path == "scenarios/tls/x.scn#2");
    plan::Plan plan;
    plan.id = path;
    BOOST_TEST(engine::swept(plan, *sweep).id == path + suffix);
  }
  for (const char* none : {"x.scn", "at@home/x.scn", "x.scn@before-", "x.scn@before-1.scn"}) {
    std::string path = none;
    BOOST_TEST(!engine::take_moment(path));
    BOOST_TEST(path == none);
  }
}

BOOST_AUTO_TEST_CASE(a_scenario_with_a_crash_of_its_own_is_not_swept) {
  plan::Plan plan;
  BOOST_TEST(engine::can_be_swept(plan));
  plan.steps.push_back({plan::Pause{}, {}, {}});
  BOOST_TEST(engine::can_be_swept(plan));
  plan.steps.push_back({plan::Crash{}, {}, {}});
  BOOST_TEST(!engine::can_be_swept(plan));
  plan.steps.clear();
  plan.must_fail_with = "in clear";
  BOOST_TEST(!engine::can_be_swept(plan));
}
