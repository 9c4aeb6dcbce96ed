#include "sim/verdict/no_duplicate.hpp"

#include <boost/test/unit_test.hpp>

#include "sim/verdict/trace_builder.hpp"

namespace sealcheck::verdict {
namespace {

const std::string bob = "bob@partner.test";

std::string judge(const TraceBuilder& trace) {
  return verdicts(judge_no_duplicate(two_messages(), trace.events()));
}

// The first delivery up to its answer, in session 1 over TCP connection 7.
TraceBuilder first_delivery() {
  TraceBuilder trace;
  trace.record(gateway, "tcp.open",
               {{"connection", "7"}, {"from", "192.0.2.1:40000"}, {"to", "192.0.2.25:25"}});
  trace.session(partner, "smtp.connected",
                {{"peer", "192.0.2.1:40000"}, {"local", "192.0.2.25:25"}});
  trace.session(partner, "smtp.command", {{"verb", "DATA"}});
  trace.received(partner, "m1", bob);
  trace.session(partner, "smtp.reply", {{"code", "250"}});
  return trace;
}

TraceBuilder& again(TraceBuilder& trace) {
  return trace.at_ms(900'000).received(partner, "m1", bob, "250 OK", 2);
}

}  // namespace

BOOST_AUTO_TEST_CASE(single_deliveries_are_right) {
  TraceBuilder trace = first_delivery();
  trace.received("mx2.partner.test", "m2", bob);
  trace.received(partner, "m1", "dave@partner.test");
  trace.received(partner, "unknown", bob).received(partner, "unknown", bob);
  BOOST_TEST(judge(trace) == "pass");
}

BOOST_AUTO_TEST_CASE(what_was_handed_back_is_delivered_again) {
  const auto hand_back = [](TraceBuilder& trace, const std::string& message) {
    trace.session(partner, "smtp.hand-back", {{"to", "<Bob@partner.test>"}, {"message", message}});
  };
  TraceBuilder trace = first_delivery();
  hand_back(trace, "m1");
  BOOST_TEST(judge(again(trace)) == "pass");
  trace.received(partner, "m1", bob, "250 OK", 3);  // once only
  BOOST_TEST(judge(trace) == "fail");
  TraceBuilder other = first_delivery();
  hand_back(other, "m2");
  BOOST_TEST(judge(again(other)) == "fail");
}

BOOST_AUTO_TEST_CASE(a_peer_that_dies_over_its_answer_excuses) {
  for (const char* death : {"host.killed", "host.power-lost"}) {
    TraceBuilder died = first_delivery();
    died.at_ms(999).record(partner, death);
    BOOST_TEST(judge(again(died)) == "pass", death);
    TraceBuilder another = first_delivery();
    another.at_ms(999).record("mx2.partner.test", death);
    BOOST_TEST(judge(again(another)) == "fail", death);
    TraceBuilder later = first_delivery();
    later.at_ms(1001).record(partner, death);
    BOOST_TEST(judge(again(later)) == "fail", death);
    TraceBuilder answered = first_delivery();
    answered.session(partner, "smtp.command", {{"verb", "QUIT"}});
    answered.at_ms(999).record(partner, death);
    BOOST_TEST(judge(again(answered)) == "fail", death);
  }
}

BOOST_AUTO_TEST_CASE(refused_attempts_before_the_delivery_are_right) {
  TraceBuilder trace;
  trace.received(partner, "m1", bob, "451 Later").received(partner, "m1", bob, "none", 2);
  trace.received(partner, "m1", bob, "250 OK", 3);
  BOOST_TEST(judge(trace) == "pass");
}

BOOST_AUTO_TEST_CASE(a_second_delivery_is_a_failure) {
  TraceBuilder trace = first_delivery();
  trace.session(partner, "smtp.command", {{"verb", "QUIT"}});
  trace.session(partner, "smtp.closed", {{"how", "quit"}});
  again(trace);
  const std::vector<Assertion> result = judge_no_duplicate(two_messages(), trace.events());
  BOOST_TEST_REQUIRE(verdicts(result) == "fail");
  BOOST_TEST(result[0].position == "scenarios/x.scn:5:3");
  BOOST_TEST(result[0].seen.find("m1 for bob@partner.test was delivered to mx.partner.test at "
                                 "+0.000s and again to mx.partner.test at ") == 0u);
}

BOOST_AUTO_TEST_CASE(a_second_delivery_at_another_peer_is_a_failure) {
  TraceBuilder trace = first_delivery();
  trace.received("mx2.partner.test", "m1", "<BOB@partner.test>");
  BOOST_TEST(judge(trace) == "fail");
}

BOOST_AUTO_TEST_CASE(each_delivery_too_many_is_a_failure) {
  TraceBuilder trace = first_delivery();
  again(again(trace));
  BOOST_TEST(judge(trace) == "fail fail");
}

BOOST_AUTO_TEST_CASE(a_cut_that_may_have_lost_the_answer_excuses) {
  for (const char* how : {"fault", "reset", "dropped", "stopped", "error"}) {
    TraceBuilder trace = first_delivery();
    trace.session(partner, "smtp.closed", {{"how", how}});
    BOOST_TEST(judge(again(trace)) == "pass", how);
  }
  for (const char* how : {"quit", "eof", "timed-out"}) {
    TraceBuilder trace = first_delivery();
    trace.session(partner, "smtp.closed", {{"how", how}});
    BOOST_TEST(judge(again(trace)) == "fail", how);
  }
}

BOOST_AUTO_TEST_CASE(a_reset_of_its_own_connection_excuses_and_of_another_does_not) {
  for (const auto& [connection, verdict] : {std::pair("7", "pass"), std::pair("8", "fail")}) {
    TraceBuilder trace = first_delivery();
    trace.record(gateway, "tcp.reset", {{"connection", connection}});
    trace.session(partner, "smtp.closed", {{"how", "eof"}});
    BOOST_TEST(judge(again(trace)) == verdict, connection);
  }
}

BOOST_AUTO_TEST_CASE(an_answer_that_the_path_keeps_excuses) {
  using Row = std::tuple<const char*, std::string, const char*, std::string>;
  for (const auto& [kind, sender, connection, verdict] :
       {Row{"path.swallowed", partner, "7", "pass"}, Row{"path.stalled", partner, "7", "pass"},
        Row{"path.stalled", gateway, "7", "fail"}, Row{"path.swallowed", partner, "8", "fail"},
        Row{"path.altered", partner, "7", "fail"}}) {
    TraceBuilder trace = first_delivery();
    trace.record("path", kind, {{"connection", connection}, {"sender", sender}});
    trace.session(partner, "smtp.closed", {{"how", "timed-out"}});
    BOOST_TEST(judge(again(trace)) == verdict, kind << " from " << sender << " " << connection);
  }
  TraceBuilder behind = first_delivery();
  behind.session(partner, "smtp.command", {{"verb", "QUIT"}});
  behind.record("path", "path.stalled", {{"connection", "7"}, {"sender", partner}});
  BOOST_TEST(judge(again(behind)) == "fail");
}

BOOST_AUTO_TEST_CASE(a_cut_after_the_next_command_does_not_excuse) {
  TraceBuilder trace = first_delivery();
  trace.session(partner, "smtp.command", {{"verb", "QUIT"}});
  trace.session(partner, "smtp.closed", {{"how", "fault"}});
  trace.record(partner, "tcp.reset", {{"connection", "7"}});
  BOOST_TEST(judge(again(trace)) == "fail");
}

BOOST_AUTO_TEST_CASE(a_cut_in_another_session_or_before_the_delivery_does_not_excuse) {
  TraceBuilder trace;
  trace.session(partner, "smtp.closed", {{"how", "fault"}}, 1);
  trace.received(partner, "m1", bob);
  trace.session(partner, "smtp.closed", {{"how", "fault"}}, 2);
  trace.session("mx2.partner.test", "smtp.closed", {{"how", "fault"}}, 1);
  BOOST_TEST(judge(again(trace)) == "fail");
}

BOOST_AUTO_TEST_CASE(a_crash_of_the_gateway_at_the_answer_excuses_and_a_later_one_does_not) {
  for (const char* crash : {"host.killed", "host.power-lost"}) {
    TraceBuilder soon = first_delivery();
    soon.at_ms(1000).record(gateway, crash);
    BOOST_TEST(judge(again(soon)) == "pass", crash);
    TraceBuilder late = first_delivery();
    late.at_ms(1001).record(gateway, crash);
    BOOST_TEST(judge(again(late)) == "fail", crash);
    TraceBuilder elsewhere = first_delivery();
    elsewhere.record("mx2.partner.test", crash);
    BOOST_TEST(judge(again(elsewhere)) == "fail", crash);
  }
}

BOOST_AUTO_TEST_CASE(who_goes_on_could_have_written_it_down) {
  for (const auto& [session, verdict] : {std::pair(1, "fail"), std::pair(2, "pass")}) {
    TraceBuilder trace = first_delivery();
    trace.session(partner, "smtp.mail", {{"path", "<alice@corp.test>"}}, session);
    trace.at_ms(5).record(gateway, "host.power-lost");
    BOOST_TEST(judge(again(trace)) == verdict, "session " << session);
  }
}

BOOST_AUTO_TEST_CASE(a_crash_before_a_slow_answer_excuses) {
  TraceBuilder trace;
  trace.received(partner, "m1", bob);
  trace.at_ms(60'000).record(gateway, "host.power-lost");
  trace.at_ms(90'000).session(partner, "smtp.reply", {{"code", "250"}});
  BOOST_TEST(judge(again(trace)) == "pass");
}

BOOST_AUTO_TEST_CASE(what_an_encryption_server_delivers_is_no_second_delivery) {
  const plan::Plan plan = two_messages_and_a_server();
  const auto judge = [&](const std::string& client) {
    TraceBuilder trace;
    trace.received(sealer, "m1", bob);
    trace.session(partner, "smtp.connected", {{"peer", client}, {"local", "192.0.2.25:25"}});
    trace.received(partner, "m1", bob);
    return verdicts(judge_no_duplicate(plan, trace.events()));
  };
  BOOST_TEST(judge("192.0.2.40:40000") == "pass");
  BOOST_TEST(judge("198.51.100.200:40000") == "pass");
  BOOST_TEST(judge("192.0.2.1:40000") == "fail");
}

namespace {

// Over the service: the exchanger's delivery, then the service's word to the gateway.
TraceBuilder over_the_service(const std::string& answer = "250 2.0.0 Handed over") {
  TraceBuilder trace;
  trace.session(service, "smtp.connected", {{"peer", "192.0.2.1:40000"}, {"local", "-"}}, 5);
  trace.session(partner, "smtp.connected", {{"peer", "203.0.113.250:40001"}, {"local", "-"}});
  trace.received(partner, "m1", bob).session(partner, "smtp.reply", {{"code", "250"}});
  if (!answer.empty()) trace.received(service, "m1", bob, answer, 5);
  return trace;
}

std::string judge_with_service(const TraceBuilder& trace) {
  return verdicts(judge_no_duplicate(two_messages_and_a_service(), trace.events()));
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_the_service_takes_it_has_not_delivered) {
  BOOST_TEST(judge_with_service(over_the_service()) == "pass");
  TraceBuilder twice = over_the_service();
  BOOST_TEST(judge_with_service(again(twice)) == "fail");
  TraceBuilder taken_twice = over_the_service();
  taken_twice.received(service, "m1", bob, "250 2.0.0 Handed over", 6);
  BOOST_TEST(judge_with_service(taken_twice) == "fail");
}

BOOST_AUTO_TEST_CASE(a_word_of_the_service_that_never_came_excuses) {
  TraceBuilder silent = over_the_service("");
  BOOST_TEST(judge_with_service(again(silent)) == "pass");
  TraceBuilder cut = over_the_service();
  cut.session(service, "smtp.closed", {{"how", "reset"}}, 5);
  BOOST_TEST(judge_with_service(again(cut)) == "pass");
  TraceBuilder died = over_the_service("");
  died.record(service, "host.power-lost");
  again(died).received(service, "m1", bob, "250 2.0.0 Handed over", 6);
  BOOST_TEST(judge_with_service(died) == "pass");
  // It knew, and said otherwise.
  TraceBuilder wrong = over_the_service("451 4.4.1 Not now");
  BOOST_TEST(judge_with_service(again(wrong)) == "fail");
}

}  // namespace sealcheck::verdict
