#include "reference/encryption/hybrid_service.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace sealgate;
using policy::Direction;

settings::Hybrid ready() {
  settings::Hybrid service;
  service.anywhere = service.add_on = service.registered = service.enabled = true;
  service.account_enabled = true;
  service.servers = {{"in.hybrid.test", 25, 10}};
  return service;
}

std::string missing(const settings::Hybrid& service, const policy::PolicySet& deployed = {}) {
  const auto found = encryption::why_no_hybrid(service, deployed);
  return found ? found->reason : "";
}

policy::PolicySet encrypting(std::vector<Direction> directions) {
  policy::Rule rule;
  rule.action = policy::Action::encrypt;
  rule.destination.directions = std::move(directions);
  policy::PolicySet set;
  set.policies.push_back({"Confidential", "", {}, {rule}, true});
  return set;
}

}  // namespace

BOOST_AUTO_TEST_CASE(each_refusal_says_what_is_missing) {  // HYB-01 to HYB-04
  BOOST_TEST(missing({}) == "hybrid-service-missing");
  const auto without = [](auto take_away) {
    auto service = ready();
    take_away(service);
    return missing(service);
  };
  BOOST_TEST(missing(ready()) == "");
  BOOST_TEST(without([](auto& s) { s.anywhere = false; }) == "hybrid-service-missing");
  BOOST_TEST(without([](auto& s) { s.add_on = false; }) == "hybrid-add-on-missing");
  BOOST_TEST(without([](auto& s) { s.registered = false; }) == "hybrid-not-registered");
  BOOST_TEST(without([](auto& s) { s.enabled = false; }) == "hybrid-not-enabled");
  BOOST_TEST(without([](auto& s) { s.account_enabled = false; }) == "hybrid-account-not-enabled");
  BOOST_TEST(without([](auto& s) { s.servers.clear(); }) == "hybrid-server-missing");
}

BOOST_AUTO_TEST_CASE(the_deployed_policies_enforce_and_mean_outbound_mail_alone) {
  BOOST_TEST(missing(ready(), encrypting({Direction::outbound})) == "");
  for (const auto other : {Direction::inbound, Direction::internal}) {  // HYB-24
    auto set = encrypting({Direction::outbound, other});
    BOOST_TEST(missing(ready(), set) == "hybrid-policy-not-outbound-only");
    set.policies[0].rules[0].action = policy::Action::quarantine;
    BOOST_TEST(missing(ready(), set) == "");
    set.policies[0].rules[0].plan = "Send encrypted";  // the plan's action counts
    set.plans.push_back({"Send encrypted", "", policy::Action::encrypt});
    BOOST_TEST(missing(ready(), set) == "hybrid-policy-not-outbound-only");
  }
  policy::PolicySet monitored;  // HYB-25
  monitored.modes[static_cast<std::size_t>(Direction::outbound)] = policy::Mode::monitor;
  BOOST_TEST(missing(ready(), monitored) == "hybrid-policy-not-enforced");
  policy::PolicySet inbound_monitored;
  inbound_monitored.modes[static_cast<std::size_t>(Direction::inbound)] = policy::Mode::monitor;
  BOOST_TEST(missing(ready(), inbound_monitored) == "");
}

BOOST_AUTO_TEST_CASE(the_service_is_objected_to_beside_a_policy_for_other_mail) {  // HYB-24
  settings::Encryption enabled;
  const auto wide = encrypting({Direction::outbound, Direction::inbound});
  BOOST_TEST(!encryption::hybrid_objection(enabled, wide));
  enabled.other = settings::OtherMethod::third_party;
  BOOST_TEST(!encryption::hybrid_objection(enabled, wide));
  enabled.other = settings::OtherMethod::hybrid;
  BOOST_TEST(!encryption::hybrid_objection(enabled, encrypting({Direction::outbound})));
  const auto why = encryption::hybrid_objection(enabled, wide);
  BOOST_TEST_REQUIRE(why.has_value());
  BOOST_TEST(why->starts_with("the policy 'Confidential' encrypts other mail than outbound"));
}

BOOST_AUTO_TEST_CASE(the_leg_is_mandatory_tls_with_our_certificate_for_one_recipient) {
  const auto chosen = encryption::hybrid_leg(ready(), {});
  BOOST_REQUIRE(std::holds_alternative<encryption::Leg>(chosen));
  const auto& leg = std::get<encryption::Leg>(chosen);
  BOOST_TEST((leg.tls == encryption::Demand::mandatory_tls));
  BOOST_TEST(leg.client_certificate);
  BOOST_TEST(leg.one_recipient);
  BOOST_REQUIRE(leg.servers.has_value());
  BOOST_TEST(leg.servers->at(0).host == "in.hybrid.test");
  BOOST_TEST(std::holds_alternative<encryption::Unavailable>(encryption::hybrid_leg({}, {})));
}
