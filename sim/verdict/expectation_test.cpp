#include "sim/verdict/expectation.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace sealcheck;
using plan::Transport;

trace::Event transfer(std::string tls, std::string reply = "250 2.0.0 Accepted") {
  trace::Event event;
  event.actor = "mx.partner.test";
  event.kind = "smtp.message";
  event.fields = {{"to", "bob@partner.test"},
                  {"tls", std::move(tls)},
                  {"reply", std::move(reply)},
                  {"message", "m1"}};
  return event;
}

plan::Condition receives(Transport transport) {
  return plan::Receives{"mx.partner.test", "m1", "bob@partner.test", transport};
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_transport_of_a_transfer_counts) {
  BOOST_TEST(verdict::satisfies(transfer("TLSv1.3"), receives(Transport::tls)));
  BOOST_TEST(!verdict::satisfies(transfer("no"), receives(Transport::tls)));
  BOOST_TEST(verdict::satisfies(transfer("no"), receives(Transport::plain)));
  BOOST_TEST(!verdict::satisfies(transfer("TLSv1.3"), receives(Transport::plain)));
  BOOST_TEST(verdict::satisfies(transfer("no"), receives(Transport::any)));
  BOOST_TEST(verdict::satisfies(transfer("TLSv1.3"), receives(Transport::any)));
}

BOOST_AUTO_TEST_CASE(only_an_accepted_transfer_of_that_message_to_that_recipient_counts) {
  BOOST_TEST(!verdict::satisfies(transfer("TLSv1.3", "451 later"), receives(Transport::any)));
  BOOST_TEST(!verdict::satisfies(
      transfer("no"), plan::Receives{"mx.partner.test", "m2", "bob@partner.test", Transport::any}));
  BOOST_TEST(!verdict::satisfies(
      transfer("no"), plan::Receives{"mx.partner.test", "m1", "eve@partner.test", Transport::any}));
  BOOST_TEST(!verdict::satisfies(
      transfer("no"), plan::Receives{"mx.other.test", "m1", "bob@partner.test", Transport::any}));
}

BOOST_AUTO_TEST_CASE(fields_of_the_header_count_where_they_are_asked_for) {
  auto event = transfer("no");
  event.payload = "Subject: x\r\nx-decryption:  done \r\n\r\nX-Other: in the body\r\n";
  const auto holds = [&](std::vector<std::string> headers, std::vector<std::string> absent) {
    plan::Receives wanted{"mx.partner.test", "m1", "bob@partner.test", Transport::any};
    wanted.headers = std::move(headers);
    wanted.absent = std::move(absent);
    return verdict::satisfies(event, wanted);
  };
  BOOST_TEST(holds({"X-Decryption:done"}, {"X-Other"}));
  BOOST_TEST(holds({"X-Decryption: done", "Subject:x"}, {}));
  BOOST_TEST(!holds({"X-Decryption:failed"}, {}));
  BOOST_TEST(!holds({"X-Other:in the body"}, {}));
  BOOST_TEST(!holds({}, {"X-DECRYPTION"}));
}

BOOST_AUTO_TEST_CASE(a_message_is_delivered_at_an_exchanger_of_its_recipient_alone) {
  const auto holds = [](const trace::Event& event, std::vector<std::string> peers,
                        const char* recipient = "bob@partner.test") {
    return verdict::satisfies(event, plan::Outcome{plan::Outcome::Kind::delivered, "m1", "<a@b>",
                                                   recipient, std::move(peers)});
  };
  BOOST_TEST(holds(transfer("no"), {"mx2.partner.test", "mx.partner.test"}));
  BOOST_TEST(!holds(transfer("no"), {"mx.other.test"}));
  BOOST_TEST(!holds(transfer("no"), {"mx.partner.test"}, "eve@partner.test"));
  BOOST_TEST(!holds(transfer("no", "451 later"), {"mx.partner.test"}));
}

BOOST_AUTO_TEST_CASE(a_queue_condition_asks_for_queue_and_reason) {
  std::vector<trace::Event> events(2);
  events[0].kind = "sut.queue";
  events[1].kind = "sut.queue-entry";
  events[1].fields = {{"message", "m1"},
                      {"recipient", "bob@partner.test"},
                      {"queue", "delayed"},
                      {"reason", "handshake-eof"}};
  const auto holds = [&](std::string queue, std::string reason) {
    return verdict::snapshot_satisfies(
        events, 0, plan::InQueue{"m1", "bob@partner.test", std::move(queue), std::move(reason)});
  };
  BOOST_TEST(holds("delayed", "handshake-eof"));
  BOOST_TEST(holds("delayed", ""));
  BOOST_TEST(!holds("delayed", "handshake-failed"));
  BOOST_TEST(!holds("undeliverable", ""));
  events[1].fields.back().second = "mandatory-tls: handshake-eof; hybrid: session-refused";
  BOOST_TEST(holds("delayed", "handshake-eof"));
  BOOST_TEST(holds("delayed", "session-refused"));
  BOOST_TEST(!holds("delayed", "refused"));
  BOOST_TEST(!holds("delayed", "hybrid"));
  BOOST_TEST(!verdict::snapshot_satisfies(events, 0, plan::QueueEmpty{}));
  events.pop_back();
  BOOST_TEST(verdict::snapshot_satisfies(events, 0, plan::QueueEmpty{}));
}

BOOST_AUTO_TEST_CASE(a_tolerated_answer_satisfies_and_is_told_apart) {
  trace::Event done;
  done.kind = "sender.done";
  done.fields = {{"message", "m1"}, {"code", "421"}};
  plan::Answered graded{"m1", {451, 454}, {}, {421}};
  BOOST_TEST(verdict::satisfies(done, graded));
  BOOST_TEST(verdict::only_tolerates(done, graded));
  done.fields[1].second = "454";
  BOOST_TEST(verdict::satisfies(done, graded));
  BOOST_TEST(!verdict::only_tolerates(done, graded));
  done.fields[1].second = "550";
  BOOST_TEST(!verdict::satisfies(done, graded));
}

BOOST_AUTO_TEST_CASE(an_answer_to_one_recipient_is_that_to_its_rcpt) {
  trace::Event rcpt;
  rcpt.kind = "sender.recipient";
  rcpt.fields = {{"message", "m1"}, {"recipient", "Bob@partner.test"}, {"code", "550"}};
  BOOST_TEST(verdict::satisfies(rcpt, plan::Answered{"m1", {550}, "bob@partner.test"}));
  BOOST_TEST(!verdict::satisfies(rcpt, plan::Answered{"m1", {550}, "eve@partner.test"}));
  BOOST_TEST(!verdict::satisfies(rcpt, plan::Answered{"m1", {550}}));
}
