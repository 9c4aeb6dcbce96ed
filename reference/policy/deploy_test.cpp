#include "reference/policy/deploy.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/policy/policy_text.hpp"
#include "reference/policy/test_policies.hpp"

namespace {

using namespace sealgate::policy;
using namespace sealgate::policy::test;

PolicySet drafts() {
  auto set = of({subject_rule("A", Action::encrypt), subject_rule("B", Action::drop)});
  set.policies[0].deployed = true;
  return set;
}

std::vector<std::string> changes(const PolicySet& before, const PolicySet& after) {
  std::vector<std::string> told;
  for (const auto& change : deploy(after, before).changes) told.push_back(to_text(change));
  return told;
}

}  // namespace

BOOST_AUTO_TEST_CASE(at_first_only_what_says_deployed_is_in_force) {
  const auto first = first_deployed(drafts());
  BOOST_REQUIRE(first.policies.size() == 1u);
  BOOST_TEST(first.policies[0].name == "A");
  BOOST_TEST(first_deployed({}).policies.empty());
}

BOOST_AUTO_TEST_CASE(a_deploy_says_what_it_changed) {
  const auto before = first_deployed(drafts());
  auto after = drafts();
  const auto added = changes(before, after);
  BOOST_REQUIRE(added.size() == 1u);
  BOOST_TEST(added[0].find("policy \"B\" added\n    + policy \"B\" {") == 0u);

  const auto both = deploy(after, before).deployed;
  after.policies[0].rules[0].action = Action::quarantine;
  const std::vector<std::string> changed = {
      "policy \"A\" changed\n    - action encrypt\n    + action quarantine"};
  BOOST_TEST(changes(both, after) == changed, boost::test_tools::per_element());

  const std::vector<std::string> removed = {"policy \"B\" removed"};
  after = drafts();
  after.policies.pop_back();
  BOOST_TEST(changes(both, after) == removed, boost::test_tools::per_element());

  after = drafts();
  after.modes[static_cast<std::size_t>(Direction::outbound)] = Mode::monitor;
  BOOST_TEST(changes(both, after).at(0).find("the outbound mode changed") == 0u);
}

BOOST_AUTO_TEST_CASE(with_nothing_to_deploy_nothing_changes) {
  const auto deployed = deploy(drafts(), {}).deployed;
  const auto again = deploy(drafts(), deployed);
  BOOST_TEST(again.changes.empty());
  BOOST_TEST((again.deployed == deployed));
}
