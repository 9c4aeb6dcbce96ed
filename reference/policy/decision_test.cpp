#include "reference/policy/decision.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/policy/test_policies.hpp"

namespace {

using namespace sealgate::policy;
using namespace sealgate::policy::test;

const std::string confidential = "Subject: Re: CONFIDENTIAL results\r\n\r\nbody\r\n";

std::string winner(std::vector<Rule> rules) {
  const auto decision = decide(of(std::move(rules)), confidential);
  return decision.decided_by() ? decision.decided_by()->policy : "";
}

Action action_for(const Rule& rule, const Facts& facts, PolicySet more = {}) {
  auto set = of({rule});
  set.groups = std::move(more.groups);
  return decide(set, confidential, facts).action;
}

Facts facts(std::string sender, std::string recipient, const char* client = "192.0.2.7") {
  return {Direction::outbound, std::move(sender), std::move(recipient),
          boost::asio::ip::make_address(client)};
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_decision_explains_itself) {
  const auto decision = decide(of({subject_rule("Confidential", Action::encrypt)}), confidential);
  BOOST_TEST((decision.action == Action::encrypt));
  BOOST_TEST(explain(decision) ==
             "encrypt by \"Confidential\": subject contains \"confidential\" (subject, offset 4)");
  auto named = of({subject_rule("P", Action::drop)});
  named.policies[0].rules[0].name = "R";
  BOOST_TEST(explain(decide(named, confidential)).find("drop by \"P\" rule \"R\": ") == 0u);
  const auto nothing = decide(of({subject_rule("P", Action::drop)}), "Subject: lunch\r\n\r\n");
  BOOST_TEST(explain(nothing) == "permit: no policy matched");
}

BOOST_AUTO_TEST_CASE(the_most_severe_action_wins_and_then_the_first) {
  const auto permit = subject_rule("Permit", Action::permit),
             encrypt = subject_rule("Encrypt", Action::encrypt),
             again = subject_rule("Again", Action::encrypt),
             quarantine = subject_rule("Quarantine", Action::quarantine),
             drop = subject_rule("Drop", Action::drop);
  BOOST_TEST(winner({permit, encrypt}) == "Encrypt");
  BOOST_TEST(winner({encrypt, permit}) == "Encrypt");
  BOOST_TEST(winner({drop, quarantine, encrypt}) == "Drop");
  BOOST_TEST(winner({encrypt, quarantine}) == "Quarantine");
  BOOST_TEST(winner({permit}) == "Permit");
  BOOST_TEST(winner({again, encrypt}) == "Again");
  BOOST_TEST(decide(of({permit, encrypt, drop}), confidential).incidents.size() == 3u);
}

BOOST_AUTO_TEST_CASE(a_rule_holds_for_its_directions_only) {
  auto rule = subject_rule("P", Action::encrypt);
  auto to = outbound();
  to.direction = Direction::inbound;
  BOOST_TEST((action_for(rule, outbound()) == Action::encrypt));
  BOOST_TEST((action_for(rule, to) == Action::permit));
  rule.destination.directions = {Direction::inbound, Direction::internal};
  BOOST_TEST((action_for(rule, to) == Action::encrypt));
  BOOST_TEST((action_for(rule, outbound()) == Action::permit));
}

BOOST_AUTO_TEST_CASE(a_rule_holds_for_its_sources_only) {
  auto rule = subject_rule("P", Action::encrypt);
  rule.source.from.users = {"Alice@Corp.Test"};
  BOOST_TEST((action_for(rule, facts("alice@corp.test", "b@x.test")) == Action::encrypt));
  BOOST_TEST((action_for(rule, facts("carol@corp.test", "b@x.test")) == Action::permit));
  BOOST_TEST((action_for(rule, facts("", "b@x.test")) == Action::permit));
  rule.source.from = {.users = {}, .groups = {"Board"}, .computers = {}};
  PolicySet groups;
  groups.groups = {{"Board", {"carol@corp.test", "@board.corp.test"}}, {"Other", {"@x.test"}}};
  BOOST_TEST((action_for(rule, facts("carol@corp.test", "b@x.test"), groups) == Action::encrypt));
  BOOST_TEST((action_for(rule, facts("d@board.corp.test", "b@x.test"), groups) == Action::encrypt));
  BOOST_TEST((action_for(rule, facts("d@x.test", "b@x.test"), groups) == Action::permit));
  rule.source.except.users = {"carol@corp.test"};
  BOOST_TEST((action_for(rule, facts("carol@corp.test", "b@x.test"), groups) == Action::permit));
  rule.source = {};
  rule.source.from.computers = {{boost::asio::ip::make_address("192.0.2.0"), 25}};
  BOOST_TEST((action_for(rule, facts("a@corp.test", "b@x.test", "192.0.2.9")) == Action::encrypt));
  BOOST_TEST((action_for(rule, facts("a@corp.test", "b@x.test", "192.0.2.200")) == Action::permit));
}

BOOST_AUTO_TEST_CASE(a_rule_holds_for_its_destinations_only) {
  auto rule = subject_rule("P", Action::encrypt);
  rule.destination.domains = {"partner.test", "*.sub.test"};
  BOOST_TEST((action_for(rule, facts("a@corp.test", "b@Partner.Test")) == Action::encrypt));
  BOOST_TEST((action_for(rule, facts("a@corp.test", "b@x.sub.test")) == Action::encrypt));
  BOOST_TEST((action_for(rule, facts("a@corp.test", "b@sub.test")) == Action::permit));
  BOOST_TEST((action_for(rule, facts("a@corp.test", "b@xpartner.test")) == Action::permit));
  rule.destination.domains.clear();
  rule.destination.except = {"partner.test"};
  BOOST_TEST((action_for(rule, facts("a@corp.test", "b@partner.test")) == Action::permit));
  BOOST_TEST((action_for(rule, facts("a@corp.test", "b@else.test")) == Action::encrypt));
}

BOOST_AUTO_TEST_CASE(monitored_mail_is_an_incident_and_goes_on) {  // RUL-16
  auto set = of({subject_rule("P", Action::drop)});
  set.modes[static_cast<std::size_t>(Direction::outbound)] = Mode::monitor;
  const auto decision = decide(set, confidential);
  BOOST_TEST((decision.action == Action::permit));
  BOOST_TEST(decision.decided_by() == nullptr);
  BOOST_REQUIRE(decision.incidents.size() == 1u);
  BOOST_TEST(!decision.incidents[0].enforced);
  BOOST_TEST(explain(decision).find("permit: only monitored; monitored: drop by \"P\"") == 0u);
}

BOOST_AUTO_TEST_CASE(a_message_over_a_bound_is_an_exception_where_a_rule_would_look) {
  std::string deep = "Subject: lunch\r\n";
  for (int i = 0; i < 25; ++i) deep += "Content-Type: message/rfc822\r\n\r\n";
  auto set = of({subject_rule("P", Action::permit)});
  const auto decision = decide(set, deep);
  BOOST_TEST(decision.exception == "nested more than 20 deep");
  BOOST_TEST(explain(decision) == "exception: nested more than 20 deep");
  auto inbound = outbound();
  inbound.direction = Direction::inbound;
  BOOST_TEST(decide(set, deep, inbound).exception == "");
  set.modes[static_cast<std::size_t>(Direction::outbound)] = Mode::monitor;
  BOOST_TEST(decide(set, deep).exception == "");
  BOOST_TEST(decide({}, deep).exception == "");
}

BOOST_AUTO_TEST_CASE(incidents_name_the_owners_and_owners_alone_edit) {
  auto set = of({subject_rule("P", Action::encrypt)});
  set.administrators = {{"carol", "carol@corp.test"}, {"dave", "dave@corp.test"}};
  set.policies[0].owners = {"dave"};
  const auto decision = decide(set, confidential);
  BOOST_REQUIRE(decision.incidents.size() == 1u);
  BOOST_TEST(decision.incidents[0].notify == std::vector<std::string>{"dave@corp.test"},
             boost::test_tools::per_element());
  BOOST_TEST(may_edit(set.policies[0], "dave"));
  BOOST_TEST(!may_edit(set.policies[0], "carol"));
  BOOST_TEST(may_edit(Policy{}, "carol"));
}
