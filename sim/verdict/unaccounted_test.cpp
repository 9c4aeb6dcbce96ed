#include "sim/verdict/unaccounted.hpp"

#include <boost/test/unit_test.hpp>

#include "sim/verdict/trace_builder.hpp"

namespace sealcheck::verdict {

BOOST_AUTO_TEST_CASE(a_delivery_that_no_expectation_used_is_a_failure) {
  TraceBuilder trace;
  trace.received(partner, "m2", "dave@partner.test");
  trace.at_ms(900'200).received(partner, "m1", "bob@partner.test");
  const std::vector<Assertion> result = judge_unaccounted(two_messages(), trace.events(), {0});
  BOOST_TEST_REQUIRE(verdicts(result) == "fail");
  BOOST_TEST(result[0].position == "scenarios/x.scn:5:3");
  BOOST_TEST(result[0].seen == "mx.partner.test received m1 for bob@partner.test at " +
                                   trace::readable_time(900'200'000'000) +
                                   ", which no expectation accounts for");
}

BOOST_AUTO_TEST_CASE(what_was_expected_or_refused_is_accounted_for) {
  TraceBuilder trace;
  trace.received(partner, "m1", "bob@partner.test");
  trace.received(partner, "m1", "bob@partner.test", "451 Later");
  trace.received(partner, "m1", "bob@partner.test", "none");
  const std::vector<Assertion> result = judge_unaccounted(two_messages(), trace.events(), {0});
  BOOST_TEST_REQUIRE(verdicts(result) == "pass");
  BOOST_TEST(result[0].seen == "1 deliveries, each accounted for");
}

BOOST_AUTO_TEST_CASE(what_a_peer_hands_back_that_peer_accounts_for) {
  const std::string bob = "bob@partner.test";
  const auto judge = [&](int connection, const std::string& message) {
    TraceBuilder trace;
    trace.received(partner, "m1", bob).session(partner, "smtp.reply", {{"code", "250"}});
    trace.session(partner, "smtp.hand-back", {{"to", bob}, {"message", message}}, connection);
    return verdicts(judge_unaccounted(two_messages(), trace.events(), {}));
  };
  BOOST_TEST(judge(1, "m1") == "pass");
  BOOST_TEST(judge(2, "m1") == "fail");
  BOOST_TEST(judge(1, "m2") == "fail");
}

BOOST_AUTO_TEST_CASE(a_message_that_the_scenario_does_not_know_is_a_failure) {
  TraceBuilder trace;
  trace.received(partner, "unknown", "alice@corp.test");
  const std::vector<Assertion> result = judge_unaccounted(two_messages(), trace.events(), {});
  BOOST_TEST_REQUIRE(verdicts(result) == "fail");
  BOOST_TEST(result[0].position == "scenarios/x.scn:1:1");
  BOOST_TEST(result[0].seen.find("received a message that the scenario does not know for alice") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_the_service_hands_over_the_exchangers_delivery_accounts_for) {
  const plan::Plan plan = two_messages_and_a_service();
  const auto judge = [&](const std::string& code) {
    TraceBuilder trace;
    trace.session(service, "cloud.relayed", {{"to", "bob@partner.test"}, {"code", code}});
    trace.received(service, "m1", "bob@partner.test");
    return verdicts(judge_unaccounted(plan, trace.events(), {}));
  };
  BOOST_TEST(judge("250") == "pass");
  BOOST_TEST(judge("451") == "fail");
}

BOOST_AUTO_TEST_CASE(a_request_to_the_portal_is_a_recipients_or_a_failure) {
  const std::string browser = "192.0.2.60:40001";
  const auto judge = [&](const std::string& peer) {
    TraceBuilder trace;
    trace.session("bob@partner.test", "recipient.page", {{"local", browser}});
    trace.session("portal.hybrid.test", "portal.request", {{"path", "/open"}, {"peer", peer}});
    return judge_unaccounted(two_messages_and_a_service(), trace.events(), {});
  };
  const std::vector<Assertion> known = judge(browser);
  BOOST_TEST_REQUIRE(verdicts(known) == "pass");
  BOOST_TEST(known[0].seen == "0 deliveries and 1 portal requests, each accounted for");
  const std::vector<Assertion> unknown = judge("192.0.2.60:40002");
  BOOST_TEST_REQUIRE(verdicts(unknown) == "fail");
  BOOST_TEST(unknown[0].seen.starts_with(
      "portal.hybrid.test was asked for /open by 192.0.2.60:40002 at "));
  BOOST_TEST(unknown[0].seen.ends_with(", which no recipient accounts for"));
}

BOOST_AUTO_TEST_CASE(an_opening_is_expected_or_a_failure) {
  for (const std::string kind : {"recipient.reads", "recipient.refused"}) {
    TraceBuilder trace;
    trace.session("bob@partner.test", kind, {{"message", "m1"}});
    BOOST_TEST(verdicts(judge_unaccounted(two_messages(), trace.events(), {})) == "fail");
    const std::uint64_t sequence = trace.events().back().sequence;
    BOOST_TEST(verdicts(judge_unaccounted(two_messages(), trace.events(), {sequence})) == "pass");
  }
}

}  // namespace sealcheck::verdict
