#include "reference/gateway/returned_mail.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/gateway/record.hpp"
#include "reference/queue/queue.hpp"

namespace {

using namespace sealgate;
using gateway::ReturnedMail;
using queue::RecipientState;
using settings::OnEncryptionFailure;

const auto server = boost::asio::ip::make_address("192.0.2.40");
const std::string success = "X-Status: done\r\n";
const std::string failure = "X-Status: failed\r\n";

struct World {
  settings::Settings settings;
  gateway::Reception reception{server, "NEW", host::WallTime{}};
  queue::Handover known;

  World() {
    settings.hostname = "gw.corp.test";
    settings.protected_domains = {"corp.test"};
    auto& third = settings.third_party.emplace();
    third.trigger = {"X-Encrypt", "yes"};
    third.success = {"X-Status", "done"};
    third.failure = {"X-Status", "failed"};
    known.id = "OLD";
    queue::StoredMessage copy;
    copy.id = queue::MessageId{7};
    copy.queue_id = "OLD";
    copy.envelope.reverse_path = "alice@corp.test";
    copy.encrypt = true;
    copy.content = "Subject: the canary\r\nMessage-ID: <m@corp.test>\r\n\r\nbody\r\n";
    for (const char* to : {"bob@partner.test", "eve@partner.test"}) {
      auto& one = copy.recipients.emplace_back();
      one.n = static_cast<int>(copy.recipients.size()) - 1;
      one.forward_path = to;
      one.state = RecipientState::delayed;
      one.queue_name = queue::awaiting_return_queue;
      one.notify = "FAILURE";
    }
    known.copy = copy;
  }

  ReturnedMail back(const std::string& fields, std::vector<const char*> to = {"Bob@partner.test"},
                    const gateway::Decisions& decisions = gateway::reference_decisions()) const {
    smtp::Transaction transaction;
    transaction.reverse_path = smtp::parse_mailbox("daemon@enc.test").value();
    for (const char* one : to) transaction.recipients.push_back({smtp::parse_mailbox(one).value()});
    transaction.content = fields +
                          "X-Encrypt: yes\r\nX-Sealgate-Handover: OLD; count=1\r\n"
                          "Subject: x\r\n\r\nbody\r\n";
    const gateway::ReturnFacts facts{settings, decisions, reception, [] { return "ID"; }};
    return gateway::settle_return(facts, std::move(transaction), known);
  }
};

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(returned_mail, World)

BOOST_AUTO_TEST_CASE(what_is_encrypted_goes_on_without_its_headers_and_ends_its_copy) {  // RUL-26
  const auto made = back(success).record;
  BOOST_TEST(made.handover == "OLD");
  BOOST_TEST((made.returned == std::vector<std::string>{"Bob@partner.test"}));
  BOOST_TEST((made.copy == queue::MessageId{7}));
  BOOST_REQUIRE(made.updates.size() == 1u);
  BOOST_TEST(made.updates[0].n == 0);
  BOOST_TEST((made.updates[0].state == RecipientState::delivered));
  BOOST_REQUIRE(made.messages.size() == 1u);
  const auto& onward = made.messages[0];
  BOOST_TEST(onward.queue_id == "NEW");
  BOOST_TEST(onward.envelope.reverse_path == "alice@corp.test");
  BOOST_TEST(onward.content.starts_with("Received: "));
  for (const char* gone : {"X-Status", "X-Encrypt", "X-Sealgate"})
    BOOST_TEST(!holds(onward.content, gone), gone);
  BOOST_TEST(holds(onward.content, "Subject: x\r\n\r\nbody\r\n"));
  BOOST_REQUIRE(onward.recipients.size() == 1u);
  BOOST_TEST(onward.recipients[0].method == "plain");
  BOOST_TEST(onward.recipients[0].notify == "FAILURE");
  BOOST_TEST(onward.encrypt);
}

BOOST_AUTO_TEST_CASE(what_is_not_is_held_and_its_sender_is_told_why) {  // RUL-11, TPA-06, TPA-07
  const std::pair<std::string, const char*> cases[] = {
      {failure, "encryption-failed"},
      {success + failure, "encryption-failed"},
      {"", "encryption-status-missing"},
      {"X-Status: Done\r\n", "encryption-status-missing"},
      {"X-State: done\r\n", "encryption-status-missing"}};
  for (const auto& [fields, reason] : cases) {
    const auto made = back(fields).record;
    BOOST_TEST(made.returned.empty());
    BOOST_REQUIRE(made.updates.size() == 1u);
    BOOST_TEST((made.updates[0].state == RecipientState::held));
    BOOST_TEST(made.updates[0].queue_name == "encryption-failed");
    BOOST_TEST(made.updates[0].reason == reason);
    BOOST_REQUIRE(made.messages.size() == 1u);
    const auto& notice = made.messages[0];
    BOOST_TEST(notice.recipients[0].forward_path == "alice@corp.test");
    BOOST_TEST(notice.envelope.reverse_path == "");
    BOOST_TEST(holds(notice.content, "encryption server"));
    BOOST_TEST(!holds(notice.content, "canary"));
  }
}

BOOST_AUTO_TEST_CASE(the_other_actions_are_options) {  // RUL-11
  settings.third_party->on_failure = OnEncryptionFailure::deliver;
  BOOST_TEST(back(failure).record.returned.size() == 1u);
  BOOST_TEST(back("").record.messages.at(0).recipients[0].method == "plain");
  settings.third_party->on_failure = OnEncryptionFailure::drop;
  BOOST_TEST(back(failure).record.updates.at(0).queue_name == "dropped");
  BOOST_TEST(back(failure).record.messages.empty());
  settings.third_party->on_failure = OnEncryptionFailure::send_back;
  const auto made = back(failure).record;
  BOOST_TEST((made.updates.at(0).state == RecipientState::failed));
  BOOST_TEST(holds(made.messages.at(0).content, "Action: failed"));
}

BOOST_AUTO_TEST_CASE(a_second_return_is_passed_over) {  // RUL-29
  known.returned = {"bob@partner.test"};
  const auto made = back(success, {"bob@partner.test", "eve@partner.test"}).record;
  BOOST_REQUIRE(made.messages.size() == 1u);
  BOOST_REQUIRE(made.messages[0].recipients.size() == 1u);
  BOOST_TEST(made.messages[0].recipients[0].forward_path == "eve@partner.test");
  const auto nothing = back(success).record;
  BOOST_TEST((nothing.messages.empty() && nothing.updates.empty()));
}

BOOST_AUTO_TEST_CASE(a_second_failure_tells_nobody_again) {
  auto& copy = known.copy->recipients[0];
  copy.state = RecipientState::held;
  copy.queue_name = gateway::encryption_failed_queue;
  const auto again = back(failure).record;
  BOOST_TEST((again.messages.empty() && again.updates.empty()));
  BOOST_TEST(back(success).record.returned.size() == 1u);  // late, and welcome
}

BOOST_AUTO_TEST_CASE(without_a_copy_the_message_itself_stands_in_its_place) {
  known.copy.reset();
  const auto good = back(success).record;
  BOOST_TEST(!good.copy.has_value());
  BOOST_TEST(good.messages.at(0).envelope.reverse_path == "daemon@enc.test");
  const auto bad = back(failure).record;
  BOOST_TEST(bad.updates.empty());
  BOOST_REQUIRE(bad.messages.size() == 2u);
  BOOST_TEST(bad.messages[0].recipients[0].forward_path == "daemon@enc.test");
  const auto& held = bad.messages[1].recipients.at(0);
  BOOST_TEST((held.state == RecipientState::held));
  BOOST_TEST(held.queue_name == "encryption-failed");
  BOOST_TEST(held.method == "third-party");
  BOOST_TEST(bad.messages[1].encrypt);
  settings.third_party->on_failure = OnEncryptionFailure::send_back;
  BOOST_TEST(back(failure).record.messages.size() == 1u);
}

BOOST_AUTO_TEST_CASE(readable_content_is_a_failure_where_that_is_asked_for) {  // RUL-28
  BOOST_TEST(back(success).record.returned.size() == 1u);
  settings.third_party->holds_unencrypted = true;
  BOOST_TEST(back(success).record.updates.at(0).reason == "returned-unencrypted");
}

BOOST_AUTO_TEST_CASE(what_comes_in_again_from_elsewhere_takes_the_place_of_its_copy) {  // TPA-13
  queue::NewMessage again;
  again.recipients.resize(2);
  again.recipients[0].forward_path = "bob@partner.test";
  again.recipients[1].forward_path = "other@partner.test";
  const auto made = gateway::supersede(known, again, host::WallTime{});
  BOOST_TEST(made.messages.size() == 1u);
  BOOST_REQUIRE(made.updates.size() == 1u);
  BOOST_TEST(made.updates[0].n == 0);
  BOOST_TEST((made.updates[0].state == RecipientState::delivered));
  BOOST_TEST((made.handover.empty() && made.returned.empty()));
}

BOOST_AUTO_TEST_SUITE_END()
