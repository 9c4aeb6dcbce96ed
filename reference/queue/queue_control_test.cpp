// The schedule and the administrator's hand: due, reschedule, hold, release, remove, snapshot
// pages.
#include <boost/test/unit_test.hpp>

#include "reference/queue/queue_fixture.hpp"
#include "reference/queue/retry_schedule.hpp"

namespace {

using namespace sealgate::queue;
using namespace std::chrono_literals;
using State = RecipientState;

std::vector<std::string> paths(const std::vector<DueRecipient>& due) {
  std::vector<std::string> paths;
  for (const auto& row : due) paths.push_back(row.forward_path);
  return paths;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(queue_control, sealgate::queue::test::QueueFixture)

BOOST_AUTO_TEST_CASE(what_is_due_comes_earliest_first_and_only_once_until_it_is_recorded) {
  auto sent = message({"late@x.test", "first@x.test", "future@x.test", "second@x.test"});
  sent.recipients[0].next_attempt_at = start + 30s;
  sent.recipients[1].next_attempt_at = start + 10s;
  sent.recipients[2].next_attempt_at = start + 31s;
  sent.recipients[3].next_attempt_at = start + 20s;
  const auto id = insert(sent);
  BOOST_TEST(due(start + 9s).empty());
  const std::vector<std::string> earliest = {"first@x.test", "second@x.test"};
  BOOST_TEST(paths(due(start + 30s, 2)) == earliest, boost::test_tools::per_element());
  const std::vector<std::string> rest = {"late@x.test"};
  BOOST_TEST(paths(due(start + 30s, 2)) == rest, boost::test_tools::per_element());
  BOOST_TEST(due(start + 30s).empty());
  BOOST_TEST((host.run(queue->next_due()).value() == start + 31s));

  queue->give_back(id, 3);
  BOOST_TEST((host.run(queue->next_due()).value() == start + 20s));
  BOOST_TEST(!record(id, {update(1, State::delayed)}));
  const std::vector<std::string> again = {"second@x.test", "future@x.test", "first@x.test"};
  BOOST_TEST(paths(due(start + 15min)) == again, boost::test_tools::per_element());
  BOOST_TEST(!host.run(queue->next_due()).value().has_value());
}

BOOST_AUTO_TEST_CASE(an_outcome_that_could_not_be_stored_keeps_the_recipient_in_flight) {
  const auto id = insert(message({"bob@partner.test"}));
  BOOST_TEST(due(start).size() == 1u);
  host.refuse_commits = true;
  BOOST_TEST((record(id, {update(0, State::delivered)}) == host::Error::not_durable));
  BOOST_TEST(due(start).empty());
  host.refuse_commits = false;
  restart();
  BOOST_TEST(due(start).size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_changed_interval_moves_what_is_delayed_counted_from_its_last_attempt) {
  const auto first = insert(message({"bob@partner.test", "new@partner.test", "held@partner.test"}));
  BOOST_TEST(!record(first, {update(0, State::delayed), update(2, State::delayed)}));
  BOOST_TEST(!host.run(queue->hold({first, 2}, "quarantine", "asked for")));
  const auto second = insert(message({"eve@other.test"}));
  for (const auto at : {5min, 20min}) {
    auto attempt = update(0, State::delayed);
    attempt.at = start + at;
    BOOST_TEST(!record(second, {attempt}));
  }
  const RetryPolicy policy{60min, RetryGrowth::doubling, 1440min};
  BOOST_TEST(!host.run(queue->reschedule([policy](const RetryTimes& times) {
    return next_attempt(policy, times.attempts, times.last_attempt, times.first_queued);
  })));
  const auto entries = snapshot();
  BOOST_TEST((entries[0].recipient.next_attempt_at == start + 60min));
  BOOST_TEST((entries[1].recipient.next_attempt_at == start));  // not tried yet: due as before
  BOOST_TEST(!entries[2].recipient.next_attempt_at);
  BOOST_TEST((entries[3].recipient.next_attempt_at == start + 20min + 120min));

  BOOST_TEST(!host.run(queue->reschedule([](const RetryTimes&) { return std::nullopt; })));
  BOOST_TEST((snapshot()[0].recipient.next_attempt_at == start + 24h));
}

BOOST_AUTO_TEST_CASE(a_queue_file_of_the_first_version_is_brought_up_to_date_with_its_mail) {
  const auto id = insert(message({"bob@partner.test"}));
  queue.reset();
  for (const char* column :
       {"messages DROP COLUMN ret", "messages DROP COLUMN envelope_id",
        "messages DROP COLUMN handovers", "recipients DROP COLUMN notify",
        "recipients DROP COLUMN original_recipient", "recipients DROP COLUMN delay_told"}) {
    execute(host.connection(), std::string("ALTER TABLE ") + column);
  }
  execute(host.connection(), "DROP TABLE returns");
  execute(host.connection(), "PRAGMA user_version = 1");
  open();
  const auto stored = host.run(queue->load(id)).value();
  BOOST_TEST(stored.content == "Subject: x\r\n\r\nbody\r\n");
  BOOST_TEST(stored.envelope.ret == "");
  BOOST_TEST_REQUIRE(stored.recipients.size() == 1u);
  BOOST_TEST(stored.recipients[0].notify == "");
  BOOST_TEST(!stored.recipients[0].delay_told);
}

BOOST_AUTO_TEST_CASE(what_is_paused_stays_in_its_queue) {
  const auto id = insert(message({"bob@partner.test"}));
  auto delayed = update(0, State::delayed, "timeout");
  delayed.queue_name = "delayed";
  BOOST_TEST(!record(id, {delayed}));
  BOOST_TEST(!host.run(queue->hold({id, 0}, "", "paused")));
  BOOST_TEST((snapshot()[0].recipient.state == State::held));
  BOOST_TEST(snapshot()[0].recipient.queue_name == "delayed");
  BOOST_TEST(snapshot()[0].recipient.reason == "paused");
}

BOOST_AUTO_TEST_CASE(what_is_held_is_not_due_until_it_is_released) {
  const auto id = insert(message({"bob@partner.test", "eve@other.test"}));
  BOOST_TEST(!record(id, {update(1, State::delayed)}));
  BOOST_TEST(!host.run(queue->hold({id, {}}, "encryption-failed", "asked for")));
  BOOST_TEST(due(start + 24h).empty());
  BOOST_TEST(snapshot()[0].recipient.queue_name == "encryption-failed");
  restart();
  BOOST_TEST(due(start + 24h).empty());
  BOOST_TEST(!host.run(queue->release({id, {}}, start + 1h)));
  BOOST_TEST((snapshot()[0].recipient.state == State::queued));
  BOOST_TEST((snapshot()[1].recipient.state == State::delayed));
  BOOST_TEST(snapshot()[0].recipient.queue_name == "");
  BOOST_TEST(snapshot()[1].recipient.queue_name == "delayed");
  BOOST_TEST(snapshot()[1].recipient.reason == "");
  BOOST_TEST(due(start + 1h - 1ns).empty());
  BOOST_TEST(due(start + 1h).size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_hold_outlives_the_attempt_under_way_unless_that_settles_it) {
  const auto id = insert(message({"bob@partner.test", "eve@other.test"}));
  BOOST_TEST(due(start).size() == 2u);
  BOOST_TEST(!host.run(queue->hold({id, {}}, "quarantine", "asked for")));
  BOOST_TEST(!record(id, {update(0, State::delayed, "timeout"), update(1, State::delivered)}));
  const auto entries = snapshot();
  BOOST_TEST((entries[0].recipient.state == State::held));
  BOOST_TEST(entries[0].recipient.reason == "asked for");
  BOOST_TEST(entries[0].recipient.queue_name == "quarantine");
  BOOST_TEST(entries[0].recipient.attempts == 1);
  BOOST_TEST((entries[1].recipient.state == State::delivered));
}

BOOST_AUTO_TEST_CASE(a_removed_recipient_leaves_the_others_in_their_places) {
  const auto id = insert(message({"a@x.test", "b@x.test", "c@x.test"}));
  BOOST_TEST(!host.run(queue->remove({id, 0})));
  const auto loaded = host.run(queue->load(id));
  BOOST_TEST_REQUIRE(!!loaded);
  BOOST_TEST_REQUIRE(loaded->recipients.size() == 3u);
  BOOST_TEST(is_final(loaded->recipients[0].state));
  BOOST_TEST(loaded->recipients[1].forward_path == "b@x.test");
  BOOST_TEST(loaded->recipients[2].n == 2);
}

BOOST_AUTO_TEST_CASE(removing_the_last_unfinished_recipient_removes_the_message) {
  const auto id = insert(message({"bob@partner.test", "eve@other.test", "joe@third.test"}));
  BOOST_TEST(!record(id, {update(0, State::delivered), update(1, State::delayed)}));
  BOOST_TEST(!host.run(queue->remove({id, 1})));
  BOOST_TEST(snapshot().size() == 2u);
  BOOST_TEST(rows("attempts") == 1);
  BOOST_TEST(!host.run(queue->remove({id, {}})));
  for (const auto* table : {"messages", "message_chunks", "recipients", "attempts"}) {
    BOOST_TEST(rows(table) == 0, table << " still has rows");
  }
  BOOST_TEST((host.run(queue->remove({id, {}})) == Error::not_found));
  BOOST_TEST((host.run(queue->hold({id, {}}, "", "")) == Error::not_found));
  BOOST_TEST((host.run(queue->release({id, {}}, start)) == Error::not_found));
  BOOST_TEST(!record(id, {update(2, State::delivered)}));  // its attempt was under way: no error
}

BOOST_AUTO_TEST_CASE(a_snapshot_is_filtered_and_paged) {
  const auto first = insert(message({"bob@partner.test", "eve@other.test"}));
  const auto second = insert(message({"joe@third.test"}));
  BOOST_TEST(!host.run(queue->hold({first, 1}, "quarantine", "")));
  Filter filter;
  filter.message = second;
  BOOST_TEST_REQUIRE(snapshot(filter).size() == 1u);
  BOOST_TEST(snapshot(filter)[0].recipient.forward_path == "joe@third.test");
  filter = {};
  filter.state = State::held;
  BOOST_TEST_REQUIRE(snapshot(filter).size() == 1u);
  BOOST_TEST(snapshot(filter)[0].recipient.forward_path == "eve@other.test");
  filter = {};
  filter.queue_name = "quarantine";
  BOOST_TEST(snapshot(filter).size() == 1u);
  filter = {};
  filter.limit = 2;
  const auto page = snapshot(filter);
  BOOST_TEST_REQUIRE(page.size() == 2u);
  filter.after = {page[1].message, page[1].recipient.n};
  BOOST_TEST_REQUIRE(snapshot(filter).size() == 1u);
  BOOST_TEST((snapshot(filter)[0].message == second));
  const auto counts = host.run(queue->counts()).value();
  BOOST_TEST(counts.messages == 2u);
  BOOST_TEST(counts.queued == 2u);
  BOOST_TEST(counts.held == 1u);
}

BOOST_AUTO_TEST_CASE(ten_thousand_delayed_messages_are_walked_by_the_index_and_not_sorted) {
  for (int i = 0; i < 10'000; ++i) {
    auto sent = message({"r" + std::to_string(i) + "@x.test"});
    // 7919 is prime: a permutation, so that the order of arrival is not the order of being due.
    sent.recipients[0].next_attempt_at = start + std::chrono::seconds(i * 7919 % 10'000);
    insert(std::move(sent));
  }
  BOOST_TEST((host.run(queue->next_due()).value() == start));
  const auto rows = due(start + 24h, 10'000);
  BOOST_TEST_REQUIRE(rows.size() == 10'000u);
  for (int i = 0; i < 10'000; ++i) {
    if (rows[static_cast<std::size_t>(i)].next_attempt_at == start + std::chrono::seconds(i))
      continue;
    BOOST_FAIL("row " << i << " is out of order");
  }
  BOOST_TEST(host.run(queue->counts()).value().queued == 10'000u);

  Statement plan(host.connection(),
                 "EXPLAIN QUERY PLAN SELECT message, n FROM recipients "
                 "JOIN messages ON messages.id = message WHERE next_attempt_at <= 5 "
                 "ORDER BY next_attempt_at, message, n LIMIT 1");
  std::string steps;
  while (plan.step()) steps += plan.text(3) + "\n";
  BOOST_TEST(steps.find("recipients_due") != std::string::npos, steps);
  BOOST_TEST(steps.find("TEMP B-TREE") == std::string::npos, steps);
}

BOOST_AUTO_TEST_SUITE_END()
