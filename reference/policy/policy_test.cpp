#include "reference/policy/policy.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace sealgate::policy;

Policy policy(std::string name, Action action, std::string phrase = "confidential") {
  return {
      std::move(name), {SubjectContains{std::move(phrase)}}, action, {Direction::outbound}, true};
}

Decision decide_outbound(std::string_view subject, const std::vector<Policy>& policies) {
  return decide({subject}, Direction::outbound, policies);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(policy_decisions)

BOOST_AUTO_TEST_CASE(a_deployed_policy_marks_a_matching_outbound_message) {
  const auto decision =
      decide_outbound("Re: CONFIDENTIAL results", {policy("Confidential", Action::encrypt)});
  BOOST_TEST((decision.action == Action::encrypt));
  BOOST_TEST(decision.policy == "Confidential");
  BOOST_TEST(decision.condition == "subject contains \"confidential\"");
  BOOST_TEST(decision.where == "subject");
  BOOST_TEST(explain(decision) == "encrypt by \"Confidential\": subject contains \"confidential\"");
}

BOOST_AUTO_TEST_CASE(a_message_that_does_not_match_is_permitted_by_no_policy) {
  const auto decision = decide_outbound("lunch", {policy("Confidential", Action::encrypt)});
  BOOST_TEST((decision.action == Action::permit));
  BOOST_TEST(decision.policy == "");
  BOOST_TEST(explain(decision) == "permit: no policy matched");
}

BOOST_AUTO_TEST_CASE(a_policy_that_is_not_deployed_does_nothing) {
  auto draft = policy("Draft", Action::drop);
  draft.deployed = false;
  BOOST_TEST((decide_outbound("confidential", {draft}).action == Action::permit));
  BOOST_TEST(
      (decide_outbound("confidential", {draft, policy("P", Action::encrypt)}).policy == "P"));
  BOOST_TEST(!Policy{}.deployed);
}

BOOST_AUTO_TEST_CASE(inbound_and_internal_messages_are_not_marked_unless_the_policy_says_so) {
  std::vector<Policy> policies = {{"P", {SubjectContains{"confidential"}}, Action::encrypt}};
  policies[0].deployed = true;
  const MessageView message{"confidential"};
  BOOST_TEST((decide(message, Direction::outbound, policies).action == Action::encrypt));
  BOOST_TEST((decide(message, Direction::inbound, policies).action == Action::permit));
  BOOST_TEST((decide(message, Direction::internal, policies).action == Action::permit));
  policies[0].directions = {Direction::inbound};
  BOOST_TEST((decide(message, Direction::outbound, policies).action == Action::permit));
  BOOST_TEST((decide(message, Direction::inbound, policies).action == Action::encrypt));
}

BOOST_AUTO_TEST_CASE(the_most_severe_action_wins_whatever_the_order) {
  const auto permit = policy("Permit", Action::permit),
             encrypt = policy("Encrypt", Action::encrypt),
             quarantine = policy("Quarantine", Action::quarantine),
             drop = policy("Drop", Action::drop);
  BOOST_TEST(decide_outbound("confidential", {permit, encrypt}).policy == "Encrypt");
  BOOST_TEST(decide_outbound("confidential", {encrypt, permit}).policy == "Encrypt");
  BOOST_TEST(decide_outbound("confidential", {encrypt, quarantine}).policy == "Quarantine");
  BOOST_TEST(decide_outbound("confidential", {drop, quarantine, encrypt}).policy == "Drop");
  BOOST_TEST(decide_outbound("confidential", {permit}).policy == "Permit");
}

BOOST_AUTO_TEST_CASE(among_equally_severe_policies_the_first_is_named) {
  const auto first = policy("First", Action::encrypt), second = policy("Second", Action::encrypt);
  BOOST_TEST(decide_outbound("confidential", {first, second}).policy == "First");
  BOOST_TEST(decide_outbound("confidential", {second, first}).policy == "Second");
}

BOOST_AUTO_TEST_CASE(all_conditions_must_be_met_and_none_means_never) {
  auto both = policy("Both", Action::encrypt);
  both.conditions.push_back(SubjectContains{"results"});
  BOOST_TEST((decide_outbound("confidential", {both}).action == Action::permit));
  BOOST_TEST((decide_outbound("results", {both}).action == Action::permit));
  BOOST_TEST((decide_outbound("results: confidential", {both}).action == Action::encrypt));
  both.conditions.clear();
  BOOST_TEST((decide_outbound("results: confidential", {both}).action == Action::permit));
}

BOOST_AUTO_TEST_SUITE_END()
