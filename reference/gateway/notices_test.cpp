#include "reference/gateway/notices.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace sealgate;
using namespace std::chrono_literals;
using queue::RecipientState;
using Updates = std::vector<queue::RecipientUpdate>;

const host::WallTime received_at = std::chrono::sys_days(std::chrono::year(2026) / 3 / 2);

struct Case {
  Case() {
    settings.hostname = "gw.corp.test";
    settings.protected_domains = {"corp.test"};
    message.queue_id = "ABC";
    message.received_at = received_at;
    message.envelope.reverse_path = "alice@corp.test";
    message.origin.address = "192.0.2.7";
    message.content = "Message-ID: <1@corp.test>\r\nSubject: results\r\n\r\nthe body\r\n";
    message.message_id_header = "<1@corp.test>";
    add("bob@partner.test");
  }

  void add(const std::string& path) {
    queue::StoredRecipient recipient;
    recipient.n = static_cast<int>(message.recipients.size());
    recipient.forward_path = path;
    message.recipients.push_back(recipient);
  }

  queue::RecipientUpdate& end(int n, RecipientState state, std::string reply = "550 no") {
    queue::RecipientUpdate update;
    update.n = n;
    update.state = state;
    update.reason = "permanent-reply";
    update.reply = std::move(reply);
    update.at = received_at + age;
    verdicts[n].host = "mx.partner.test";
    updates.push_back(update);
    return updates.back();
  }

  std::vector<queue::NewMessage> notices() {
    int id = 0;
    return make_notices({gateway::reference_decisions(), settings, received_at + age,
                         [id]() mutable { return "N" + std::to_string(++id); }},
                        message, verdicts, updates);
  }

  settings::Settings settings;
  queue::StoredMessage message;
  gateway::Verdicts verdicts;
  Updates updates;
  host::Duration age = 1s;
};

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(notices_of_the_gateway, Case)

BOOST_AUTO_TEST_CASE(what_failed_in_one_attempt_is_told_in_one_ndr_from_the_null_sender) {
  add("eve@partner.test");
  end(0, RecipientState::failed, "550 5.1.1 no such user");
  end(1, RecipientState::expired, "450 later");
  const auto made = notices();
  BOOST_REQUIRE(made.size() == 1u);
  BOOST_TEST(made[0].envelope.reverse_path == "");
  BOOST_TEST(made[0].origin.address == "");
  BOOST_REQUIRE(made[0].recipients.size() == 1u);
  BOOST_TEST(made[0].recipients[0].forward_path == "alice@corp.test");
  BOOST_TEST(made[0].recipients[0].direction == "inbound");
  BOOST_TEST(made[0].recipients[0].method == "plain");
  BOOST_TEST((made[0].recipients[0].expires_at == received_at + 1s + 1440min));
  BOOST_TEST(made[0].queue_id == "N1");
  BOOST_TEST(made[0].message_id_header == "<report.N1@gw.corp.test>");
  BOOST_TEST(holds(made[0].content, "bob@partner.test\r\nAction: failed\r\nStatus: 5.1.1\r\n"));
  BOOST_TEST(holds(made[0].content, "eve@partner.test\r\nAction: failed\r\nStatus: 4.4.7\r\n"));
  BOOST_TEST(holds(made[0].content, "Subject: results"));
  BOOST_TEST(!holds(made[0].content, "the body"));
}

BOOST_AUTO_TEST_CASE(about_marked_mail_nothing_is_said_that_must_be_sealed_and_only_over_tls) {
  message.encrypt = true;
  message.envelope.ret = "FULL";
  end(0, RecipientState::failed);
  const auto made = notices();
  BOOST_REQUIRE(made.size() == 1u);
  BOOST_TEST(made[0].encrypt);
  BOOST_TEST(made[0].recipients[0].method == "mandatory-tls");
  BOOST_TEST(holds(made[0].content, "<1@corp.test>"));
  BOOST_TEST(!holds(made[0].content, "results"));
  BOOST_TEST(!holds(made[0].content, "the body"));
}

BOOST_AUTO_TEST_CASE(ret_full_returns_the_message_unless_it_is_huge) {
  message.envelope.ret = "FULL";
  end(0, RecipientState::failed);
  BOOST_TEST(holds(notices()[0].content, "the body"));
  message.content += std::string(gateway::returned_octets_max, 'x');
  BOOST_TEST(!holds(notices()[0].content, "the body"));
}

BOOST_AUTO_TEST_CASE(notify_is_honoured) {
  message.recipients[0].notify = "NEVER";
  end(0, RecipientState::failed);
  BOOST_TEST(notices().empty());
  BOOST_TEST((updates[0].state == RecipientState::failed));
  message.recipients[0].notify = "SUCCESS";
  BOOST_TEST(notices().empty());
  message.recipients[0].notify = "FAILURE";
  BOOST_TEST(notices().size() == 1u);
}

BOOST_AUTO_TEST_CASE(success_is_reported_as_relayed_where_the_next_server_will_not_report) {
  end(0, RecipientState::delivered, "250 ok");
  BOOST_TEST(notices().empty());
  message.recipients[0].notify = "SUCCESS";
  const auto made = notices();
  BOOST_REQUIRE(made.size() == 1u);
  BOOST_TEST(holds(made[0].content, "Action: relayed\r\nStatus: 2.0.0\r\n"));
  verdicts[0].dsn_offered = true;
  BOOST_TEST(notices().empty());
}

BOOST_AUTO_TEST_CASE(a_delay_is_told_once_and_only_where_the_option_is_on) {
  age = 5h;
  auto& update = end(0, RecipientState::delayed, "450 later");
  BOOST_TEST(notices().empty());
  settings.delivery.delay_notice = 6h;
  BOOST_TEST(notices().empty());
  settings.delivery.delay_notice = 4h;
  const auto made = notices();
  BOOST_REQUIRE(made.size() == 1u);
  BOOST_TEST(update.delay_told);
  BOOST_TEST(holds(made[0].content, "Action: delayed\r\nStatus: 4.0.0\r\n"));
  BOOST_TEST(holds(made[0].content, "Will-Retry-Until: Tue, 3 Mar 2026 00:00:00 +0000\r\n"));
  message.recipients[0].delay_told = true;
  BOOST_TEST(notices().empty());
  message.recipients[0].delay_told = false;
  message.recipients[0].notify = "FAILURE";
  BOOST_TEST(notices().empty());
}

BOOST_AUTO_TEST_CASE(no_ndr_for_an_ndr_but_a_word_to_the_administrator) {
  message.envelope.reverse_path = "";
  settings.delivery.notification_address = "admin@corp.test";
  add("eve@partner.test");
  end(0, RecipientState::expired);
  end(1, RecipientState::failed);
  const auto made = notices();
  BOOST_REQUIRE(made.size() == 1u);
  BOOST_TEST(made[0].recipients[0].forward_path == "admin@corp.test");
  BOOST_TEST(made[0].envelope.reverse_path == "");
  BOOST_TEST(
      made[0].content.starts_with("Resent-From: <postmaster@gw.corp.test>\r\n"
                                  "Resent-To: <admin@corp.test>\r\n"));
  BOOST_TEST(made[0].content.ends_with(message.content));
}

BOOST_AUTO_TEST_CASE(when_nobody_can_be_told_it_is_held_and_not_lost) {
  message.envelope.reverse_path = "";
  end(0, RecipientState::expired);
  BOOST_TEST(notices().empty());
  BOOST_TEST((updates[0].state == RecipientState::held));
  BOOST_TEST(updates[0].queue_name == "undeliverable");

  settings.delivery.notification_address = "admin@corp.test";
  message.recipients[0].forward_path = "Admin@corp.test";
  updates[0].state = RecipientState::failed;
  BOOST_TEST(notices().empty());
  BOOST_TEST((updates[0].state == RecipientState::held));
}

BOOST_AUTO_TEST_CASE(a_reason_without_a_reply_has_a_status_too) {
  queue::RecipientUpdate update;
  update.state = RecipientState::failed;
  update.reason = "no-such-domain";
  update.reply = "the domain x.test does not exist";
  BOOST_TEST(gateway::status_of(update) == "5.1.2");
  update.reason = "null-mx";
  BOOST_TEST(gateway::status_of(update) == "5.1.10");
  update.reason = "permanent-reply";
  update.reply = "550";
  BOOST_TEST(gateway::status_of(update) == "5.0.0");
  update.reply = "553 5.6.7 internationalised mail";
  BOOST_TEST(gateway::status_of(update) == "5.6.7");
}

BOOST_AUTO_TEST_SUITE_END()
