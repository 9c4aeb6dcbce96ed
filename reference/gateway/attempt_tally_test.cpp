#include "reference/gateway/attempt_tally.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace sealgate;
using encryption::Failure;
using gateway::AttemptTally;
using gateway::ConnectionResult;
using smtp::Disposition;

smtp::RecipientResult replied(Disposition disposition, int code) {
  smtp::RecipientResult result;
  result.disposition = disposition;
  if (code != 0) result.reply = smtp::Reply(code, "x");
  return result;
}

/// A connection that ended with a failure for `count` recipients.
ConnectionResult failed(Failure failure, std::size_t count, bool connected = true) {
  ConnectionResult result;
  result.failure = failure;
  result.detail = "detail";
  result.outcome.recipients.assign(count, replied(Disposition::temporary, 0));
  if (connected) result.outcome.failure.emplace();
  return result;
}

std::string reason(const AttemptTally& tally, int n) {
  return tally.verdicts().at(n).reason;
}

}  // namespace

BOOST_AUTO_TEST_CASE(delivered_and_refused_recipients_are_decided_and_the_others_go_on) {
  AttemptTally tally({0, 2, 5});
  ConnectionResult result;
  result.tls = "TLSv1.3";
  result.outcome.recipients = {replied(Disposition::delivered, 250),
                               replied(Disposition::permanent, 550),
                               replied(Disposition::temporary, 451)};
  tally.add(result, "mx1");
  BOOST_TEST((tally.open() == std::vector{5}));
  BOOST_TEST((tally.verdicts().at(0).disposition == Disposition::delivered));
  BOOST_TEST(reason(tally, 0) == "");
  BOOST_TEST(tally.verdicts().at(0).tls == "TLSv1.3");
  BOOST_TEST(reason(tally, 2) == "permanent-reply");
  BOOST_TEST(tally.verdicts().at(2).reply == "550 x");
  BOOST_TEST(reason(tally, 5) == "temporary-reply");
}

BOOST_AUTO_TEST_CASE(where_two_methods_failed_both_reasons_are_told) {
  AttemptTally tally({0, 1});
  tally.add(failed(Failure::starttls_refused, 2), "mx1");
  tally.reopen_for_second({0}, "mandatory-tls", "hybrid");
  tally.add(failed(Failure::connection_refused, 1, false), "in.hybrid.test");
  BOOST_TEST(reason(tally, 0) == "mandatory-tls: starttls-refused; hybrid: connection-refused");
  BOOST_TEST(reason(tally, 1) == "starttls-refused");
  tally.add(encryption::Unavailable{"hybrid-not-enabled", "x"});
  BOOST_TEST(reason(tally, 0) == "mandatory-tls: starttls-refused; hybrid: hybrid-not-enabled");
}

BOOST_AUTO_TEST_CASE(what_is_taken_out_is_decided_no_more) {
  AttemptTally tally({0, 1});
  tally.add(failed(Failure::handshake_eof, 2), "mx1");
  const auto taken = tally.take(0);
  BOOST_TEST(taken.size() == 1u);
  BOOST_TEST(taken.at(0).reason == "handshake-eof");
  BOOST_TEST(!tally.verdicts().contains(0));
  BOOST_TEST(tally.verdicts().contains(1));
}

BOOST_AUTO_TEST_CASE(a_failure_of_tls_is_named_even_when_a_reply_came_with_it) {
  AttemptTally tally({0});
  auto refused = failed(Failure::starttls_refused, 1);
  refused.outcome.recipients[0].reply = smtp::Reply(454, "no TLS");
  tally.add(refused, "mx1");
  BOOST_TEST(reason(tally, 0) == "starttls-refused");
  BOOST_TEST(tally.open().size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_last_failure_is_told_but_an_unreachable_host_hides_none) {
  AttemptTally tally({0});
  tally.add(failed(Failure::connection_refused, 1, false), "mx1");
  BOOST_TEST(reason(tally, 0) == "connection-refused");
  tally.add(failed(Failure::handshake_failed, 1), "mx2");
  BOOST_TEST(reason(tally, 0) == "handshake-failed");
  tally.add(failed(Failure::connection_timed_out, 1, false), "mx3");
  BOOST_TEST(reason(tally, 0) == "handshake-failed");
  tally.add(failed(Failure::connection_lost, 1), "mx4");
  BOOST_TEST(reason(tally, 0) == "connection-lost");
}

BOOST_AUTO_TEST_CASE(a_lost_reply_and_a_tampered_channel_are_not_tried_elsewhere_at_once) {
  AttemptTally lost({0});
  auto result = failed(Failure::connection_lost, 1);
  result.outcome.recipients[0].unknown = true;
  lost.add(result, "mx1");
  BOOST_TEST(reason(lost, 0) == "reply-lost");
  BOOST_TEST(lost.open().empty());

  AttemptTally tampered({0});
  tampered.add(failed(Failure::tampered, 1), "mx1");
  BOOST_TEST(reason(tampered, 0) == "tampered");
  BOOST_TEST(tampered.open().empty());
}

BOOST_AUTO_TEST_CASE(a_host_that_refuses_the_session_leaves_the_others_to_try) {
  AttemptTally tally({0});
  auto refused = failed(Failure::permanent_reply, 1);
  refused.outcome.recipients[0] = replied(Disposition::permanent, 554);
  tally.add(refused, "mx1");
  BOOST_TEST(tally.open().size() == 1u);
  BOOST_TEST((tally.verdicts().at(0).disposition == Disposition::permanent));
}

BOOST_AUTO_TEST_CASE(a_second_method_tells_its_own_failure) {
  AttemptTally tally({0, 1});
  tally.add(failed(Failure::handshake_failed, 2), "mx1");
  tally.add(failed(Failure::connection_refused, 2, false), "mx2");
  const auto& first = tally.first_method(1);
  BOOST_TEST((first.tls_failed && first.unreached && !first.otherwise));
  tally.reopen({1});
  tally.add(failed(Failure::connection_timed_out, 1, false), "service");
  BOOST_TEST(reason(tally, 0) == "handshake-failed");
  BOOST_TEST(reason(tally, 1) == "connection-timed-out");

  tally.reopen({0});
  tally.add(encryption::Unavailable{"hybrid-account-not-enabled", "text"});
  BOOST_TEST(reason(tally, 0) == "hybrid-account-not-enabled");
  BOOST_TEST((tally.verdicts().at(0).disposition == Disposition::temporary));
  BOOST_TEST(tally.open().empty());
}

BOOST_AUTO_TEST_CASE(a_reply_is_no_failure_of_tls) {
  AttemptTally tally({0});
  tally.add(failed(Failure::handshake_failed, 1), "mx1");
  ConnectionResult later;
  later.outcome.recipients = {replied(Disposition::temporary, 451)};
  tally.add(later, "mx2");
  BOOST_TEST(tally.first_method(0).otherwise);
}

BOOST_AUTO_TEST_CASE(a_failed_look_up_says_temporary_or_permanent) {
  AttemptTally tally({3});
  tally.add(routing::LookupFailure{true, "no-such-domain", "5.1.2", "no such domain"});
  BOOST_TEST(reason(tally, 3) == "no-such-domain");
  BOOST_TEST((tally.verdicts().at(3).disposition == Disposition::permanent));
  BOOST_TEST(tally.open().empty());
}
