// Mail at an encryption server: the copy that waits for it, and who has come back.
#include <boost/test/unit_test.hpp>

#include "reference/queue/queue_fixture.hpp"

namespace {

using namespace sealgate::queue;
using namespace std::chrono_literals;
using State = RecipientState;

struct Fixture : test::QueueFixture {
  MessageId hand_over(NewMessage sent, std::string queue_id) {
    sent.queue_id = std::move(queue_id);
    const int count = static_cast<int>(sent.recipients.size());
    const auto id = insert(std::move(sent));
    due(start);
    for (int n = 0; n < count; ++n) BOOST_TEST(!record(id, {awaiting(n)}));
    return id;
  }
  static RecipientUpdate awaiting(int n) {
    auto made = update(n, State::delayed, "awaiting-return");
    made.queue_name = awaiting_return_queue;
    made.next_attempt_at = start + 4h;
    return made;
  }
  Handover find(std::string id, std::string message_id = "") {
    return host.run(queue->find_handover(std::move(id), std::move(message_id))).value();
  }
  void come_back(std::string id, MessageId copy, int n, std::string recipient) {
    Return back;
    back.handover = std::move(id);
    back.returned = {recipient};
    back.copy = copy;
    back.updates = {update(n, State::delivered)};
    back.messages = {message({recipient})};
    back.at = start;
    BOOST_TEST(!host.run(queue->record_return(std::move(back))));
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(handover, Fixture)

BOOST_AUTO_TEST_CASE(a_copy_waits_until_it_is_overdue) {
  hand_over(message({"bob@partner.test"}), "A1");
  BOOST_TEST(due(start + 3h).empty());
  BOOST_TEST(due(start + 4h).size() == 1u);
  BOOST_TEST(!host.run(queue->reschedule([](const RetryTimes&) { return start; })));
  BOOST_TEST((snapshot()[0].recipient.next_attempt_at == start + 4h));
}

BOOST_AUTO_TEST_CASE(what_is_released_is_handed_over_again) {
  const auto id = hand_over(message({"bob@partner.test"}), "A1");
  BOOST_TEST(!host.run(queue->release({id, 0}, start + 1h)));
  BOOST_TEST(snapshot()[0].recipient.queue_name == "delayed");
  BOOST_TEST((snapshot()[0].recipient.next_attempt_at == start + 1h));
}

BOOST_AUTO_TEST_CASE(a_return_takes_the_place_of_the_copy_in_one_commit) {
  const auto id = hand_over(message({"bob@partner.test", "Eve@other.test"}), "A1");
  BOOST_TEST((find("A1").copy->id == id));
  BOOST_TEST((find("", "<m1@corp.test>").copy->id == id));
  BOOST_TEST(find("", "<m1@corp.test>").id == "A1");
  BOOST_TEST(!find("", "<m2@corp.test>").copy.has_value());
  BOOST_TEST(!find("A2", "<m1@corp.test>").copy.has_value());

  come_back("A1", id, 1, "Eve@other.test");
  BOOST_TEST(rows("messages") == 2);
  BOOST_TEST((find("A1").returned == std::set<std::string>{"eve@other.test"}));
  BOOST_TEST(is_final(find("A1").copy->recipients[1].state));
  come_back("A1", id, 0, "bob@partner.test");
  BOOST_TEST(rows("messages") == 2);
  BOOST_TEST(!find("A1").copy.has_value());
  restart();
  BOOST_TEST(find("A1").returned.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_return_that_overtakes_its_handover_stays_returned) {
  auto sent = message({"bob@partner.test", "eve@other.test"});
  sent.queue_id = "A1";
  const auto id = insert(sent);
  due(start);
  come_back("A1", id, 0, "bob@partner.test");
  BOOST_TEST(!record(id, {awaiting(0)}));
  BOOST_TEST(is_final(find("A1").copy->recipients[0].state));
}

BOOST_AUTO_TEST_CASE(a_return_that_is_not_stored_has_changed_nothing) {
  const auto id = hand_over(message({"bob@partner.test"}), "A1");
  host.refuse_commits = true;
  Return back{
      "A1", {"bob@partner.test"}, id, {update(0, State::delivered)}, {message({"x@y.test"})},
      start};
  BOOST_TEST((host.run(queue->record_return(std::move(back))) == host::Error::not_durable));
  host.refuse_commits = false;
  BOOST_TEST(rows("messages") == 1);
  BOOST_TEST(find("A1").returned.empty());
  BOOST_TEST(snapshot()[0].recipient.queue_name == "awaiting-return");
}

BOOST_AUTO_TEST_CASE(who_came_back_long_ago_is_forgotten) {
  const auto id = hand_over(message({"bob@partner.test"}), "A1");
  come_back("A1", id, 0, "bob@partner.test");
  Return later{"A2", {"x@y.test"}, {}, {}, {}, start + returns_kept + 1s};
  BOOST_TEST(!host.run(queue->record_return(std::move(later))));
  BOOST_TEST(find("A1").returned.empty());
  BOOST_TEST(find("A2").returned.size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_count_of_handovers_is_kept) {
  auto sent = message({"bob@partner.test"});
  sent.handovers = 2;
  BOOST_TEST(host.run(queue->load(insert(sent))).value().handovers == 2);
}

BOOST_AUTO_TEST_SUITE_END()
