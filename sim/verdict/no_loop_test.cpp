#include "sim/verdict/no_loop.hpp"

#include <boost/test/unit_test.hpp>

#include "sim/verdict/trace_builder.hpp"

namespace sealcheck::verdict {
namespace {

const std::string bob = "bob@partner.test";

std::vector<Assertion> judge(const TraceBuilder& trace) {
  return judge_no_loop(two_messages(), trace.events());
}

void hand_back(TraceBuilder& trace, const std::string& message) {
  trace.session(partner, "smtp.hand-back", {{"to", bob}, {"message", message}});
}

TraceBuilder rounds(std::size_t count) {
  TraceBuilder trace;
  for (std::size_t i = 0; i < count; ++i) {
    trace.received(partner, "m1", "<Bob@partner.test>");
    hand_back(trace, "m1");
  }
  return trace;
}

// A copy with that many Received fields, each of this host.
TraceBuilder stamped(std::size_t count, const std::string& host) {
  std::string content;
  for (std::size_t i = 0; i < count; ++i)
    content += "Received: from x.test\r\n\tby " + host + " with ESMTP; today\r\n";
  content += "Subject: hello\r\n\r\nReceived: by " + host + " in the body\r\n";
  TraceBuilder trace;
  trace.record(partner, "smtp.message", {{"to", bob}, {"reply", "250 OK"}, {"message", "unknown"}},
               content);
  return trace;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_message_that_is_handed_back_too_often_is_a_loop) {
  BOOST_TEST(verdicts(judge(rounds(passes_max))) == "pass");
  const std::vector<Assertion> result = judge(rounds(passes_max + 1));
  BOOST_TEST_REQUIRE(verdicts(result) == "fail");
  BOOST_TEST(result[0].position == "scenarios/x.scn:5:3");
  BOOST_TEST(result[0].seen.find("m1 for bob@partner.test has passed the gateway 102 times") == 0u);
}

BOOST_AUTO_TEST_CASE(received_fields_of_the_gateway_betray_a_loop) {
  BOOST_TEST(verdicts(judge(stamped(passes_max, gateway))) == "pass");
  BOOST_TEST(verdicts(judge(stamped(passes_max + 1, gateway))) == "fail");
  BOOST_TEST(verdicts(judge(stamped(passes_max + 1, "other." + gateway))) == "pass");
}

BOOST_AUTO_TEST_CASE(many_deliveries_of_many_messages_are_no_loop) {
  TraceBuilder trace;
  for (std::size_t i = 0; i <= passes_max; ++i) trace.received(partner, "m1", bob);  // duplicates
  for (std::size_t i = 0; i <= passes_max; ++i) hand_back(trace, "m2");  // never delivered
  BOOST_TEST(verdicts(judge(trace)) == "pass");
}

BOOST_AUTO_TEST_CASE(a_refused_copy_has_not_passed) {
  TraceBuilder trace;
  for (std::size_t i = 0; i <= passes_max; ++i) {
    trace.received(partner, "m1", bob, "451 4.3.0 Later");
    hand_back(trace, "m1");
  }
  BOOST_TEST(verdicts(judge(trace)) == "pass");
}

}  // namespace sealcheck::verdict
