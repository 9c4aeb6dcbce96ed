#include "reference/gateway/reception.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace sealgate;
using gateway::answer_recipient;

settings::Settings make_settings() {
  settings::Settings made;
  made.hostname = "gw.corp.test";
  made.protected_domains = {"corp.test"};
  made.trusted_clients = {*settings::parse_network("192.0.2.0/24")};
  return made;
}

const policy::Engine& policies() {
  static const policy::Engine engine([] {
    policy::Rule rule;
    rule.name = "Confidential";
    rule.conditions = {policy::PhraseCondition{policy::subject_area, {"secret"}}};
    rule.action = policy::Action::encrypt;
    rule.destination.directions = {message::Direction::outbound, message::Direction::internal};
    policy::Rule drop = rule;
    drop.conditions = {policy::PhraseCondition{policy::subject_area, {"worthless"}}};
    drop.action = policy::Action::drop;
    policy::PolicySet set;
    set.administrators = {{"carol", "carol@corp.test"}};
    set.policies = {{"Confidential", "", {"carol"}, {rule, drop}}};
    return set;
  }());
  return engine;
}

const auto inside = boost::asio::ip::make_address("192.0.2.7");
const auto outside = boost::asio::ip::make_address("198.51.100.7");

smtp::Path path(const char* mailbox) {
  return smtp::parse_mailbox(mailbox).value();
}

int code(const host::Address& client, const char* from, const char* to) {
  return answer_recipient(make_settings(), gateway::reference_decisions(), client, path(from),
                          path(to))
      .code;
}

gateway::Received receive_all(std::vector<const char*> recipients, const std::string& content) {
  smtp::Transaction transaction;
  transaction.reverse_path = path("alice@corp.test");
  for (const auto* one : recipients) transaction.recipients.push_back({path(one)});
  transaction.content = content;
  transaction.helo = "client";
  transaction.esmtp = true;
  auto decided = gateway::receive(make_settings(), gateway::reference_decisions(), policies(),
                                  std::move(transaction), {inside, "ID", host::WallTime{}});
  return std::get<gateway::Received>(std::move(decided));
}

queue::NewMessage receive(std::vector<const char*> recipients, const std::string& content) {
  return receive_all(std::move(recipients), content).message;
}

}  // namespace

BOOST_AUTO_TEST_CASE(only_a_trusted_client_sends_outbound) {
  BOOST_TEST(code(inside, "alice@corp.test", "bob@partner.test") == 250);
  BOOST_TEST(code(outside, "alice@corp.test", "bob@partner.test") == 550);
  BOOST_TEST(code(outside, "eve@else.test", "bob@partner.test") == 550);
  BOOST_TEST(code(outside, "eve@else.test", "alice@corp.test") == 250);
  const auto null_sender = answer_recipient(make_settings(), gateway::reference_decisions(),
                                            outside, {}, path("bob@partner.test"));
  BOOST_TEST(null_sender.code == 550);
}

BOOST_AUTO_TEST_CASE(postmaster_without_a_domain_is_the_notification_address) {
  const smtp::Path postmaster{"Postmaster", ""};
  auto settings = make_settings();
  BOOST_TEST(
      answer_recipient(settings, gateway::reference_decisions(), outside, {}, postmaster).code ==
      550);
  settings.delivery.notification_address = "admin@corp.test";
  BOOST_TEST(
      answer_recipient(settings, gateway::reference_decisions(), outside, {}, postmaster).code ==
      250);
}

BOOST_AUTO_TEST_CASE(a_sender_may_be_bound_to_tls) {
  auto settings = make_settings();
  settings.inbound_tls.required_of = {"partner.test"};
  BOOST_TEST(gateway::answer_sender(settings, path("bob@partner.test"), false).code == 530);
  BOOST_TEST(gateway::answer_sender(settings, path("bob@partner.test"), true).code == 250);
  BOOST_TEST(gateway::answer_sender(settings, path("eve@other.test"), false).code == 250);
  BOOST_TEST(gateway::answer_sender(settings, {}, false).code == 250);
}

BOOST_AUTO_TEST_CASE(what_is_asked_about_reports_is_queued_with_the_message) {
  smtp::Transaction transaction;
  transaction.reverse_path = path("alice@corp.test");
  transaction.parameters = {.size_bytes = {},
                            .body = smtp::BodyType::eight_bit_mime,
                            .smtp_utf8 = true,
                            .ret = smtp::Return::headers,
                            .envelope_id = "QQ"};
  transaction.recipients = {
      {path("bob@partner.test"), *smtp::parse_notify("SUCCESS"), "rfc822;bob@old.test"}};
  auto decided = gateway::receive(make_settings(), gateway::reference_decisions(), policies(),
                                  std::move(transaction), {inside, "ID", host::WallTime{}});
  const auto made = std::get<gateway::Received>(std::move(decided)).message;
  BOOST_TEST((made.envelope.eight_bit && made.envelope.smtp_utf8));
  BOOST_TEST(made.envelope.ret == "HDRS");
  BOOST_TEST(made.envelope.envelope_id == "QQ");
  BOOST_TEST(made.recipients[0].notify == "SUCCESS");
  BOOST_TEST(made.recipients[0].original_recipient == "rfc822;bob@old.test");
}

BOOST_AUTO_TEST_CASE(encrypt_marks_a_message_with_an_outbound_recipient) {
  const auto marked = receive({"bob@partner.test", "carol@corp.test"}, "Subject: secret\r\n\r\n");
  BOOST_TEST(marked.encrypt);
  BOOST_TEST(marked.recipients[0].direction == "outbound");
  BOOST_TEST(marked.recipients[0].method == "mandatory-tls");
  BOOST_TEST(marked.recipients[1].direction == "internal");
  BOOST_TEST(marked.recipients[1].method == "plain");
  BOOST_TEST(!receive({"carol@corp.test"}, "Subject: secret\r\n\r\n").encrypt);  // RUL-02
  BOOST_TEST(!receive({"bob@partner.test"}, "Subject: secretary\r\n\r\n").encrypt);
}

BOOST_AUTO_TEST_CASE(the_owner_is_told_with_the_null_sender_and_nothing_of_the_message) {
  const auto received = receive_all({"bob@partner.test"}, "Subject: secret sauce\r\n\r\nx\r\n");
  BOOST_REQUIRE(received.notices.size() == 1u);
  const auto& notice = received.notices[0];
  BOOST_TEST(notice.envelope.reverse_path == "");
  BOOST_TEST(notice.recipients[0].forward_path == "carol@corp.test");
  BOOST_TEST(notice.content.find("sauce") == std::string::npos);
  BOOST_TEST(notice.content.find("bob") == std::string::npos);
  BOOST_TEST(receive_all({"bob@partner.test"}, "Subject: x\r\n\r\n").notices.empty());
}

BOOST_AUTO_TEST_CASE(what_is_dropped_leaves_a_record_without_content) {
  const auto dropped = receive({"bob@partner.test"}, "Subject: worthless secret\r\n\r\n");
  BOOST_TEST(dropped.content == "");
  BOOST_TEST(dropped.recipients[0].queue_name == "dropped");
  BOOST_TEST((dropped.recipients[0].state == queue::RecipientState::held));
}

BOOST_AUTO_TEST_CASE(a_received_field_goes_on_top_and_the_rest_stays) {
  const std::string content = "Subject: x\r\nMessage-ID: <1@corp.test>\r\n\r\nbody\r\n";
  const auto one = receive({"bob@partner.test"}, content);
  BOOST_TEST(one.content.starts_with("Received: from client"));
  BOOST_TEST(one.content.ends_with(content));
  BOOST_TEST(one.content.find("bob@partner.test") != std::string::npos);
  BOOST_TEST(one.message_id_header == "<1@corp.test>");
  const auto two = receive({"bob@partner.test", "eve@else.test"}, content);
  BOOST_TEST(two.content.find("@else.test") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_message_that_goes_round_is_refused) {
  auto settings = make_settings();
  const auto taken = [&](int hops) {
    smtp::Transaction transaction;
    transaction.recipients.push_back({path("bob@partner.test")});
    for (int i = 0; i < hops; ++i) {
      transaction.content += "Received: from a by b; Mon, 2 Mar 2026 09:00:00 +0000\r\n";
    }
    const auto decided = gateway::receive(settings, gateway::reference_decisions(), policies(),
                                          std::move(transaction), {inside, "ID", host::WallTime{}});
    return !std::holds_alternative<smtp::Reply>(decided);
  };
  BOOST_TEST((taken(100) && !taken(101)));
  settings.received_max = 3;
  BOOST_TEST((taken(3) && !taken(4)));
}

BOOST_AUTO_TEST_CASE(a_header_without_end_is_refused_because_a_policy_would_see_half_of_it) {
  smtp::Transaction transaction;
  transaction.recipients.push_back({path("bob@partner.test")});
  for (int i = 0; i < 1001; ++i) transaction.content += "X: y\r\n";
  transaction.content += "Subject: secret\r\n\r\n";
  const auto decided = gateway::receive(make_settings(), gateway::reference_decisions(), policies(),
                                        std::move(transaction), {inside, "ID", host::WallTime{}});
  BOOST_REQUIRE(std::holds_alternative<smtp::Reply>(decided));
  BOOST_TEST(std::get<smtp::Reply>(decided).code == 554);
}

namespace {

settings::Settings with_third_party() {
  auto made = make_settings();
  auto& third = made.third_party.emplace();
  third.trigger = {"X-Encrypt", "yes"};
  third.success = {"X-Status", "done"};
  third.failure = {"X-Status", "failed"};
  made.ip_groups[0].networks = {*settings::parse_network("192.0.2.40")};
  return made;
}

const auto server = boost::asio::ip::make_address("192.0.2.40");

gateway::Received receive_from(const host::Address& client, const char* to) {
  smtp::Transaction transaction;
  transaction.reverse_path = path("alice@corp.test");
  transaction.recipients = {{path(to)}};
  transaction.content =
      "x-encrypt: yes\r\nX-STATUS: done\r\nX-Sealgate-Handover: OLD; count=2\r\nSubject: x\r\n\r\n";
  auto decided = gateway::receive(with_third_party(), gateway::reference_decisions(), policies(),
                                  std::move(transaction), {client, "ID", host::WallTime{}});
  return std::get<gateway::Received>(std::move(decided));
}

bool has(const gateway::Received& received, std::string_view field) {
  return received.message.content.find(field) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_CASE(x_headers_count_from_an_encryption_server_alone) {  // RUL-12
  for (const auto& client : {inside, outside}) {
    const auto received = receive_from(client, "carol@corp.test");
    const std::vector<std::string> all = {"x-encrypt", "X-STATUS", "X-Sealgate-Handover"};
    BOOST_TEST((received.removed == all));
    for (const auto& field : all) BOOST_TEST(!has(received, field), field);
  }
  const auto theirs = receive_from(server, "carol@corp.test");  // it tells what it decrypted
  BOOST_TEST(theirs.removed.empty());
  BOOST_TEST(has(theirs, "X-STATUS: done"));
  BOOST_TEST(!has(theirs, "x-encrypt"));
  BOOST_TEST(!has(theirs, "X-Sealgate"));
}

BOOST_AUTO_TEST_CASE(a_message_that_goes_round_is_counted_for_a_trusted_client) {  // TPA-13
  BOOST_TEST(receive_from(inside, "bob@partner.test").message.handovers == 2);
  BOOST_TEST(receive_from(inside, "bob@partner.test").handover == "OLD");
  BOOST_TEST(receive_from(outside, "carol@corp.test").message.handovers == 0);
  BOOST_TEST(receive_from(server, "carol@corp.test").handover == "");
}

BOOST_AUTO_TEST_CASE(an_encryption_server_may_hand_back_what_goes_out) {
  const auto settings = with_third_party();
  const auto& decisions = gateway::reference_decisions();
  auto elsewhere = settings;
  elsewhere.trusted_clients.clear();
  const auto asked = [&](const settings::Settings& by, const host::Address& client) {
    return answer_recipient(by, decisions, client, {}, path("bob@partner.test")).code;
  };
  BOOST_TEST(asked(elsewhere, server) == 250);
  BOOST_TEST(asked(elsewhere, inside) == 550);
  BOOST_TEST(gateway::is_outbound(settings, path("bob@partner.test")));
  BOOST_TEST(!gateway::is_outbound(settings, path("carol@CORP.test")));
  BOOST_TEST(!gateway::is_outbound(settings, {"Postmaster", ""}));
}
