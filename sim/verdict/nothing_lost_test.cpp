#include "sim/verdict/nothing_lost.hpp"

#include <boost/test/unit_test.hpp>

#include "sim/verdict/trace_builder.hpp"

namespace sealcheck::verdict {
namespace {

const std::string bob = "bob@partner.test";

std::vector<Assertion> judge(const TraceBuilder& trace) {
  return judge_nothing_lost(two_messages(), trace.events());
}

}  // namespace

std::string report(const std::string& action) {
  return "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
         "--b\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
         "Reporting-MTA: dns; gw.corp.test\r\n\r\nFinal-Recipient: rfc822; bob@partner.test\r\n"
         "Action: " +
         action +
         "\r\nStatus: 4.4.7\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
         "Message-ID: <m1@corp.test>\r\n--b--\r\n";
}

BOOST_AUTO_TEST_CASE(a_promise_is_kept_by_delivery_queue_or_ndr) {
  TraceBuilder delivered;
  delivered.submitted("m1", bob).received(partner, "m1", "<Bob@partner.test>").queue({});
  BOOST_TEST_REQUIRE(verdicts(judge(delivered)) == "pass");
  BOOST_TEST(judge(delivered)[0].seen ==
             "1 answered 250: 1 delivered, 0 in the queue, 0 reported by an NDR");
  TraceBuilder queued;
  queued.submitted("m1", bob).queue({{"m2", "dave@partner.test"}, {"m1", bob}});
  BOOST_TEST(verdicts(judge(queued)) == "pass");
  TraceBuilder reported;
  reported.submitted("m1", bob)
      .record("mail.corp.test", "smtp.message",
              {{"from", ""}, {"to", "alice@corp.test"}, {"reply", "250 OK"}}, report("failed"))
      .queue({});
  BOOST_TEST(verdicts(judge(reported)) == "pass");
  TraceBuilder delayed;  // a report that it will be tried again is no end
  delayed.submitted("m1", bob)
      .record("mail.corp.test", "smtp.message",
              {{"from", ""}, {"to", "alice@corp.test"}, {"reply", "250 OK"}}, report("delayed"))
      .queue({});
  BOOST_TEST(verdicts(judge(delayed)) == "fail");
}

BOOST_AUTO_TEST_CASE(what_is_dropped_must_be_dropped_by_a_policy) {
  TraceBuilder trace;
  trace.submitted("m1", bob).record(gateway, "sut.queue", {{"at", "end"}, {"entries", "1"}});
  trace.record(gateway, "sut.queue-entry",
               {{"message", "m1"}, {"recipient", bob}, {"state", "held"}, {"queue", "dropped"}});
  plan::Plan plan = two_messages();
  BOOST_TEST(verdicts(judge_nothing_lost(plan, trace.events())) == "fail");
  const std::string rule = "policy \"P\" { when subject contains \"x\"; action drop";
  plan.gateway.configuration = rule + " }";
  BOOST_TEST(verdicts(judge_nothing_lost(plan, trace.events())) == "fail");  // a draft
  plan.gateway.configuration = rule + "; deployed }";
  BOOST_TEST_REQUIRE(verdicts(judge_nothing_lost(plan, trace.events())) == "pass");
  BOOST_TEST(judge_nothing_lost(plan, trace.events())[0].seen.find("1 dropped by a policy") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_an_administrator_deletes_is_not_lost) {
  const auto deleted_for = [](const std::string& recipient) {
    TraceBuilder trace;
    trace.submitted("m1", bob)
        .record("lab", "lab.deleted", {{"message-id", "<m1@corp.test>"}, {"recipient", recipient}})
        .queue({});
    return judge(trace);
  };
  BOOST_TEST_REQUIRE(verdicts(deleted_for(bob)) == "pass");
  BOOST_TEST(deleted_for(bob)[0].seen.find("1 deleted by an administrator") != std::string::npos);
  BOOST_TEST(verdicts(deleted_for("carol@partner.test")) == "fail");
}

BOOST_AUTO_TEST_CASE(a_refusal_may_stay_unreported_where_that_was_asked_for) {
  plan::Plan plan = two_messages();
  TraceBuilder refused;
  refused.submitted("m1", bob)
      .record(partner, "smtp.rcpt", {{"path", "<bob@partner.test>"}, {"reply", "550 No"}})
      .queue({});
  TraceBuilder for_now;
  for_now.submitted("m1", bob)
      .record(partner, "smtp.rcpt", {{"path", "<bob@partner.test>"}, {"reply", "450 Later"}})
      .queue({});
  BOOST_TEST(verdicts(judge_nothing_lost(plan, refused.events())) == "fail");
  for (const char* asked : {"NOTIFY=NEVER", "NOTIFY=SUCCESS,DELAY"}) {
    plan.messages[0].submitting.recipient_parameters = asked;
    BOOST_TEST(verdicts(judge_nothing_lost(plan, refused.events())) == "pass", asked);
    BOOST_TEST(verdicts(judge_nothing_lost(plan, for_now.events())) == "fail", asked);
  }
  plan.messages[0].submitting.recipient_parameters = "NOTIFY=SUCCESS,FAILURE";
  BOOST_TEST(verdicts(judge_nothing_lost(plan, refused.events())) == "fail");
}

BOOST_AUTO_TEST_CASE(a_drop_counts_from_its_deployment_to_the_next_one) {
  plan::Plan plan = two_messages();
  const std::string drops =
      "action-plan \"Away\" { email drop }\n"
      "policy \"P\" { rule \"R\" { plan \"Away\" } }";
  const auto step = [&](const char* operation, const char* argument, std::string value,
                        const char* position) {
    plan::Step made;
    plan::Admin admin;
    admin.operation = operation;
    admin.arguments.emplace_back(argument, std::move(value));
    made.action = std::move(admin);
    made.place.position = position;
    plan.steps.push_back(std::move(made));
  };
  step("apply", "configuration", drops, "x.scn:1");
  step("deploy", "answer", "no", "x.scn:2");
  step("deploy", "answer", "yes", "x.scn:3");
  step("apply", "configuration", "", "x.scn:4");
  step("deploy", "answer", "yes", "x.scn:5");
  for (std::size_t done = 0; done <= plan.steps.size(); ++done) {
    TraceBuilder trace;
    for (std::size_t i = 0; i < done; ++i) {
      trace.record("lab", "lab.admin",
                   {{"operation", std::get<plan::Admin>(plan.steps[i].action).operation},
                    {"at", plan.steps[i].place.position}});
    }
    trace.submitted("m1", bob).record(gateway, "sut.queue", {{"at", "end"}, {"entries", "1"}});
    trace.record(gateway, "sut.queue-entry",
                 {{"message", "m1"}, {"recipient", bob}, {"state", "held"}, {"queue", "dropped"}});
    const bool in_force = done == 3 || done == 4;
    BOOST_TEST(verdicts(judge_nothing_lost(plan, trace.events())) == (in_force ? "pass" : "fail"),
               "after " << done << " steps");
  }
}

BOOST_AUTO_TEST_CASE(a_broken_promise_is_a_failure) {
  TraceBuilder trace;
  trace.at_ms(12).submitted("m1", bob).queue({});
  const std::vector<Assertion> result = judge(trace);
  BOOST_TEST_REQUIRE(verdicts(result) == "fail");
  BOOST_TEST(result[0].position == "scenarios/x.scn:5:3");
  BOOST_TEST(result[0].seen ==
             "m1 for bob@partner.test was answered 250 at +0.012s and is nowhere: not delivered, "
             "not in a queue, no NDR");
}

BOOST_AUTO_TEST_CASE(only_the_same_message_for_the_same_recipient_counts) {
  TraceBuilder trace;
  trace.submitted("m1", bob)
      .received(partner, "m1", "dave@partner.test")
      .received(partner, "m2", bob)
      .queue({{"m2", bob}, {"m1", "dave@partner.test"}});
  BOOST_TEST(verdicts(judge(trace)) == "fail");
}

BOOST_AUTO_TEST_CASE(a_refused_final_dot_is_no_delivery) {
  for (const char* reply : {"451 4.3.0 Later", "554 No", "none", "raw"}) {
    TraceBuilder trace;
    trace.submitted("m1", bob).received(partner, "m1", bob, reply).queue({});
    BOOST_TEST(verdicts(judge(trace)) == "fail", reply);
  }
}

BOOST_AUTO_TEST_CASE(what_was_not_answered_250_need_not_be_anywhere) {
  TraceBuilder trace;
  trace.submitted("m1", bob, "451", "temporary").submitted("m1", bob, "250", "lost");
  trace.submitted("m1", bob, "550").queue({});
  BOOST_TEST_REQUIRE(verdicts(judge(trace)) == "pass");
  BOOST_TEST(judge(trace)[0].seen.find("0 answered 250") == 0u);
}

BOOST_AUTO_TEST_CASE(submissions_that_overlap_are_told_apart) {
  TraceBuilder trace;
  const auto recipient = [&](const char* message, const char* address) {
    trace.record(office, "sender.recipient",
                 {{"message", message}, {"recipient", address}, {"code", "250"}});
  };
  recipient("m1", "bob@partner.test");
  recipient("m2", "dave@partner.test");
  trace.record(office, "sender.done", {{"message", "m2"}, {"result", "lost"}});
  trace.record(office, "sender.done", {{"message", "m1"}, {"result", "accepted"}}).queue({});
  const std::vector<Assertion> result = judge(trace);
  BOOST_TEST_REQUIRE(verdicts(result) == "fail");
  BOOST_TEST(result[0].seen.find("m1 for bob") == 0u);
}

BOOST_AUTO_TEST_CASE(only_the_last_snapshot_counts) {
  TraceBuilder trace;
  trace.submitted("m1", bob).queue({{"m1", bob}}).queue({});
  BOOST_TEST(verdicts(judge(trace)) == "fail");
}

BOOST_AUTO_TEST_CASE(without_a_usable_snapshot_the_lab_is_in_error) {
  TraceBuilder none;
  none.submitted("m1", bob).received(partner, "m1", bob);
  BOOST_TEST_REQUIRE(verdicts(judge(none)) == "error");
  BOOST_TEST(judge(none)[0].seen == "no queue snapshot was taken in this run");
  TraceBuilder old;
  old.queue({}).submitted("m1", bob);
  BOOST_TEST(verdicts(judge(old)) == "error");
  TraceBuilder incomplete;
  incomplete.submitted("m1", bob).record(gateway, "sut.queue", {{"at", "end"}, {"entries", "2"}});
  BOOST_TEST(verdicts(judge(incomplete)) == "error");
}

BOOST_AUTO_TEST_CASE(what_an_encryption_server_is_to_return_is_not_delivered_yet) {
  const plan::Plan plan = two_messages_and_a_server();
  const auto judge = [&](const TraceBuilder& trace) {
    return verdicts(judge_nothing_lost(plan, trace.events()));
  };
  const auto lent = [](const std::string& onward) {
    TraceBuilder trace;
    trace.submitted("m1", bob).received(sealer, "m1", bob);
    trace.session(sealer, "seal.taken", {{"to", bob}, {"message", "m1"}, {"onward", onward}});
    return trace;
  };
  BOOST_TEST(judge(lent("returns").queue({})) == "fail");
  BOOST_TEST(judge(lent("returns").queue({{"m1", bob}})) == "pass");
  BOOST_TEST(judge(lent("returns").received(partner, "m1", bob).queue({})) == "pass");
  BOOST_TEST(judge(lent("delivers").queue({})) == "pass");
  TraceBuilder crashed;
  crashed.submitted("m1", bob).received(sealer, "m1", bob).queue({});
  BOOST_TEST(judge(crashed) == "fail");
}

BOOST_AUTO_TEST_CASE(what_the_service_took_is_not_delivered_until_an_exchanger_has_it) {
  const plan::Plan plan = two_messages_and_a_service();
  TraceBuilder trace;
  trace.submitted("m1", "bob@partner.test").received(service, "m1", "bob@partner.test");
  TraceBuilder arrived = trace;
  BOOST_TEST(verdicts(judge_nothing_lost(plan, trace.queue({}).events())) == "fail");
  arrived.received(partner, "m1", "bob@partner.test").queue({});
  BOOST_TEST(verdicts(judge_nothing_lost(plan, arrived.events())) == "pass");
}

}  // namespace sealcheck::verdict
