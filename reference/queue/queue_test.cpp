#include "reference/queue/queue.hpp"

#include <sqlite3.h>

#include <boost/test/unit_test.hpp>

#include "reference/queue/queue_fixture.hpp"

namespace {

using namespace sealgate::queue;
using namespace std::chrono_literals;
using State = RecipientState;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(queue_of_messages, sealgate::queue::test::QueueFixture)

BOOST_AUTO_TEST_CASE(everything_is_there_after_a_restart) {
  auto sent = message({"bob@partner.test", "eve@other.test"});
  sent.envelope.eight_bit = true;
  sent.origin = {"192.0.2.7", "desk", "TLSv1.3 TLS_AES_256_GCM_SHA384"};
  sent.encrypt = true;
  sent.envelope.ret = "HDRS";
  sent.envelope.envelope_id = "QQ+2B1";
  sent.recipients[0].notify = "SUCCESS,DELAY";
  sent.recipients[0].original_recipient = "rfc822;bob@old.test";
  sent.decision = "encrypt by \"Confidential\"";
  sent.content = std::string("a\0\r\n", 4) + std::string(300'000, 'x');
  sent.recipients[0].direction = "outbound";
  sent.recipients[0].route = "partners";
  sent.recipients[0].method = "mandatory-tls";
  const auto content = sent.content;
  const auto id = insert(std::move(sent));
  auto delayed = update(0, State::delayed, "handshake-failed");
  delayed.reply = "220 go ahead";
  delayed.queue_name = "delayed-messages";
  delayed.delay_told = true;
  BOOST_TEST(!record(id, {delayed}));

  restart();
  const auto stored = host.run(queue->load(id)).value();
  BOOST_TEST((stored.id == id));
  BOOST_TEST(stored.queue_id.size() == 16u);
  BOOST_TEST(stored.envelope.reverse_path == "alice@corp.test");
  BOOST_TEST(stored.envelope.eight_bit);
  BOOST_TEST(!stored.envelope.smtp_utf8);
  BOOST_TEST(stored.envelope.ret == "HDRS");
  BOOST_TEST(stored.envelope.envelope_id == "QQ+2B1");
  BOOST_TEST(stored.origin.address == "192.0.2.7");
  BOOST_TEST(stored.origin.helo == "desk");
  BOOST_TEST(stored.origin.tls == "TLSv1.3 TLS_AES_256_GCM_SHA384");
  BOOST_TEST((stored.received_at == start));
  BOOST_TEST(stored.message_id_header == "<m1@corp.test>");
  BOOST_TEST(stored.encrypt);
  BOOST_TEST(stored.decision == "encrypt by \"Confidential\"");
  BOOST_TEST((stored.content == content));
  BOOST_TEST_REQUIRE(stored.recipients.size() == 2u);
  const auto& bob = stored.recipients[0];
  BOOST_TEST(bob.forward_path == "bob@partner.test");
  BOOST_TEST(bob.direction == "outbound");
  BOOST_TEST(bob.route == "partners");
  BOOST_TEST(bob.method == "mandatory-tls");
  BOOST_TEST((bob.state == State::delayed));
  BOOST_TEST(bob.queue_name == "delayed-messages");
  BOOST_TEST(bob.reason == "handshake-failed");
  BOOST_TEST(bob.last_reply == "220 go ahead");
  BOOST_TEST(bob.attempts == 1);
  BOOST_TEST((bob.last_attempt_at == start));
  BOOST_TEST((bob.next_attempt_at == start + 15min));
  BOOST_TEST((bob.expires_at == start + 24h));
  BOOST_TEST(bob.notify == "SUCCESS,DELAY");
  BOOST_TEST(bob.original_recipient == "rfc822;bob@old.test");
  BOOST_TEST(bob.delay_told);
  BOOST_TEST(!stored.recipients[1].delay_told);
  BOOST_TEST((stored.recipients[1].state == State::queued));
  BOOST_TEST((stored.recipients[1].next_attempt_at == start));
}

BOOST_AUTO_TEST_CASE(a_message_stays_until_all_its_recipients_are_final_and_then_leaves_nothing) {
  const auto id = insert(message({"bob@partner.test", "eve@other.test", "joe@third.test"}));
  BOOST_TEST(!record(id, {update(0, State::delivered), update(1, State::delayed, "timeout"),
                          update(2, State::failed, "rejected")}));
  const auto entries = snapshot();
  BOOST_TEST_REQUIRE(entries.size() == 3u);
  BOOST_TEST((entries[0].recipient.state == State::delivered));
  BOOST_TEST((entries[1].recipient.state == State::delayed));
  BOOST_TEST((entries[2].recipient.state == State::failed));
  BOOST_TEST(host.run(queue->load(id)).has_value());

  BOOST_TEST(!record(id, {update(1, State::delivered)}));
  for (const auto* table : {"messages", "message_chunks", "recipients", "attempts"}) {
    BOOST_TEST(rows(table) == 0, table << " still has rows");
  }
  BOOST_TEST((host.run(queue->load(id)).error() == Error::not_found));
}

BOOST_AUTO_TEST_CASE(the_number_of_a_deleted_message_is_not_used_again) {
  const auto first = insert(message({"bob@partner.test"}));
  BOOST_TEST(!record(first, {update(0, State::delivered)}));
  restart();
  BOOST_TEST((insert(message({"bob@partner.test"})) != first));
}

BOOST_AUTO_TEST_CASE(a_final_outcome_is_not_overwritten) {
  const auto id = insert(message({"bob@partner.test", "eve@other.test"}));
  BOOST_TEST(!record(id, {update(0, State::delivered)}));
  BOOST_TEST(!record(id, {update(0, State::delayed)}));
  BOOST_TEST((snapshot()[0].recipient.state == State::delivered));
  BOOST_TEST(snapshot()[0].recipient.attempts == 1);
}

BOOST_AUTO_TEST_CASE(an_outcome_and_its_notice_are_stored_together_or_not_at_all) {
  const auto id = insert(message({"bob@partner.test"}));
  auto notice = message({"alice@corp.test"});
  notice.envelope.reverse_path = "";
  std::vector<NewMessage> notices = {notice};
  host.refuse_commits = true;
  auto failed = queue->record_attempts(id, {update(0, State::failed, "rejected")}, notices);
  BOOST_TEST((host.run(std::move(failed)) == host::Error::not_durable));
  host.refuse_commits = false;
  BOOST_TEST_REQUIRE(snapshot().size() == 1u);
  BOOST_TEST((snapshot()[0].recipient.state == State::queued));

  auto again = queue->record_attempts(id, {update(0, State::failed, "rejected")}, notices);
  BOOST_TEST(!host.run(std::move(again)));
  BOOST_TEST_REQUIRE(snapshot().size() == 1u);
  BOOST_TEST(snapshot()[0].recipient.forward_path == "alice@corp.test");
  BOOST_TEST(snapshot()[0].sender == "");
}

BOOST_AUTO_TEST_CASE(an_insert_that_fails_half_way_leaves_no_row) {
  auto twin = message({"bob@partner.test"});
  twin.queue_id = "TWIN";
  insert(twin);
  BOOST_TEST((host.run(queue->insert(twin)).error() ==
              host::ErrorCode(SQLITE_CONSTRAINT_UNIQUE, sqlite_category())));
  BOOST_TEST(rows("messages") == 1);
  // The second of two recipients fails: message, body and first recipient are there by then.
  execute(host.connection(),
          "CREATE TRIGGER fault BEFORE INSERT ON recipients WHEN NEW.n = 1 "
          "BEGIN SELECT RAISE(ABORT, 'fault'); END");
  BOOST_TEST(host.run(queue->insert(message({"bob@partner.test", "eve@other.test"}))).has_error());
  BOOST_TEST(rows("messages") == 1);
  BOOST_TEST(rows("recipients") == 1);
  BOOST_TEST(rows("message_chunks") == 1);
}

BOOST_AUTO_TEST_CASE(a_recipient_may_be_held_from_the_start) {
  auto sent = message({"bob@partner.test"});
  sent.recipients[0].state = State::held;
  sent.recipients[0].queue_name = "quarantine";
  sent.recipients[0].next_attempt_at = start;  // has no meaning while it is held
  insert(sent);
  BOOST_TEST(due(start + 24h).empty());
  BOOST_TEST(snapshot()[0].recipient.queue_name == "quarantine");
}

BOOST_AUTO_TEST_CASE(a_delay_without_a_time_is_refused_and_changes_nothing) {
  const auto id = insert(message({"bob@partner.test", "eve@other.test"}));
  auto timeless = update(1, State::delayed);
  timeless.next_attempt_at.reset();
  BOOST_TEST(record(id, {update(0, State::delivered), timeless}).failed());
  BOOST_TEST((snapshot()[0].recipient.state == State::queued));
}

BOOST_AUTO_TEST_CASE(the_history_keeps_the_last_attempts_and_long_replies_are_cut) {
  const auto id = insert(message({"bob@partner.test"}));
  for (int i = 0; i < 40; ++i) {
    auto attempt = update(0, State::delayed, "attempt " + std::to_string(i));
    attempt.reply = std::string(5000, 'r');
    attempt.tls = "TLSv1.3";
    BOOST_TEST(!record(id, {attempt}));
  }
  BOOST_TEST(snapshot()[0].history.empty());
  Filter filter;
  filter.history = true;
  const auto entry = snapshot(filter).at(0);
  BOOST_TEST(entry.recipient.attempts == 40);
  BOOST_TEST_REQUIRE(entry.history.size() == 32u);
  BOOST_TEST(entry.history.front().reason == "attempt 8");
  BOOST_TEST(entry.history.back().reason == "attempt 39");
  BOOST_TEST(entry.history.back().result == "delayed");
  BOOST_TEST(entry.history.back().reply.size() == 1000u);
  BOOST_TEST(entry.history.back().tls == "TLSv1.3");
}

BOOST_AUTO_TEST_CASE(queue_ids_are_letters_and_digits_and_differ) {
  const auto first = queue->make_queue_id();
  BOOST_TEST(first.size() == 16u);
  BOOST_TEST(first.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ") == std::string::npos);
  BOOST_TEST(first != queue->make_queue_id());
}

BOOST_AUTO_TEST_SUITE_END()
