#include "reference/policy/patterns.hpp"

#include <boost/test/unit_test.hpp>

using namespace sealgate::policy;

namespace {

bool named(const std::string& glob, std::string_view name) {
  return PatternSet::of_globs({glob}).any(name);
}

}  // namespace

BOOST_AUTO_TEST_CASE(patterns_are_found_with_their_place) {
  const PatternSet set({"[0-9]{4}", "nowhere", "(?i)CARD"});
  std::vector<std::string> all;
  set.scan("my card 1234", [&](std::uint32_t number, std::size_t offset) {
    all.push_back(std::to_string(number) + "@" + std::to_string(offset));
  });
  const std::vector<std::string> expected = {"0@8", "2@3"};
  BOOST_TEST(all == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_cannot_be_used_says_why) {
  BOOST_TEST(!pattern_error("a+b"));
  BOOST_TEST(pattern_error("a(").value().find("missing") == 0u);
  BOOST_TEST(pattern_error("(a)\\1").has_value());  // no backreferences in linear time
  BOOST_TEST(pattern_error("a*").value() == "it matches the empty text, so everything");
  BOOST_TEST(!glob_error("*.dwg"));
  BOOST_TEST(glob_error("").value() == "it is empty");
  BOOST_TEST(glob_error("a[bc").value() == "a '[' is not closed");
  BOOST_TEST(glob_error("a[z-a]").has_value());
}

BOOST_AUTO_TEST_CASE(globs_match_whole_names_in_any_case) {
  BOOST_TEST(named("*.dwg", "Plan.DWG"));
  BOOST_TEST(!named("*.dwg", "plan.dwg.txt"));
  BOOST_TEST(named("plan-??.pdf", "plan-07.pdf"));
  BOOST_TEST(!named("plan-??.pdf", "plan-7.pdf"));
  BOOST_TEST(named("[a-c]*[!0-9]", "bx"));
  BOOST_TEST(!named("[a-c]*[!0-9]", "b7"));
  BOOST_TEST(named("a.b(c)+", "a.b(c)+"));
  BOOST_TEST(named("*", "any\nname"));
  BOOST_TEST(named("\xC3\x89*", "\xC3\xA9t\xC3\xA9.txt"));
}

BOOST_AUTO_TEST_CASE(a_hostile_pattern_takes_linear_time) {
  const PatternSet set({"(a+)+$", "(a|aa)+b"});
  BOOST_TEST(!set.any(std::string(200'000, 'a') + "!"));
}
