#include "reference/policy/ownership.hpp"

#include <boost/test/unit_test.hpp>

using namespace sealgate::policy;

namespace {

PolicySet carols_and_everybodys() {
  Rule rule;
  rule.name = "Board";
  rule.conditions = {DictionaryCondition{body_area, "Projects", 1}};
  rule.source.from.groups = {"Directors"};
  rule.plan = "Seal it";
  rule.action = Action::encrypt;
  PolicySet set;
  set.administrators = {{"carol", "carol@corp.test"}, {"dave", "dave@corp.test"}};
  set.groups = {{"Directors", {"alice@corp.test"}}, {"Others", {}}};
  set.dictionaries = {{"Projects", {{"falcon", 1}}}, {"Birds", {{"heron", 1}}}};
  set.plans = {{"Seal it", "", Action::encrypt}};
  set.policies = {{"Board", "", {"carol"}, {rule}}, {"Offers", "", {}, {rule}}};
  set.policies[1].rules[0].conditions = {PhraseCondition{subject_area, {"offer"}}};
  set.policies[1].rules[0].source = {};
  return set;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ownership)

BOOST_AUTO_TEST_CASE(owners_edit_their_policies_and_others_do_not) {
  const auto before = carols_and_everybodys();
  auto after = before;
  after.policies[0].description = "For the board";
  BOOST_TEST(edit_refusal(before, after, "carol") == "");
  BOOST_TEST(edit_refusal(before, after, "dave") ==
             "the policy 'Board' belongs to carol: dave may not change it");
  after = before;
  after.policies.erase(after.policies.begin());
  BOOST_TEST(edit_refusal(before, after, "dave") != "");
  after = before;
  after.policies[0].owners = {"dave"};  // nobody makes himself an owner
  BOOST_TEST(edit_refusal(before, after, "dave") != "");
  BOOST_TEST(edit_refusal(before, after, "carol") == "");
}

BOOST_AUTO_TEST_CASE(what_nobody_owns_and_what_is_new_is_everybodys) {
  const auto before = carols_and_everybodys();
  auto after = before;
  after.policies[1].rules[0].action = Action::drop;
  after.policies.push_back({"More", "", {"dave"}, {}});
  after.dictionaries[1].words.clear();
  after.groups[1].members = {"eve@corp.test"};
  after.modes[0] = Mode::monitor;
  BOOST_TEST(edit_refusal(before, after, "dave") == "");
}

BOOST_AUTO_TEST_CASE(what_a_policy_refers_to_is_edited_by_its_owners_only) {
  const auto before = carols_and_everybodys();
  auto after = before;
  after.dictionaries[0].words.clear();
  BOOST_TEST(edit_refusal(before, after, "dave") != "");
  after = before;
  after.groups[0].members.clear();
  BOOST_TEST(edit_refusal(before, after, "dave") != "");
  after = before;
  after.plans[0].email = Action::permit;
  after.policies[0].rules[0].action = Action::permit;  // as read_policies() resolves the plan
  BOOST_TEST(edit_refusal(before, after, "dave") != "");
  BOOST_TEST(edit_refusal(before, after, "carol") == "");
}

BOOST_AUTO_TEST_SUITE_END()
