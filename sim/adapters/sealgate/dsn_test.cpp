// Delivery status notifications, 8-bit and internationalised mail, end to end: what a client asks
// for reaches the next server, or the sender is told.
#include "sim/adapters/sealgate/raw_client.hpp"

namespace {

using namespace sealcheck;
using namespace sealcheck::test;

struct Asking : Lab {
  /// Hands in one message from inside; the reply to the final dot must be 250.
  void ask(
      const std::string& mail, const std::string& rcpt,
      const std::string& content = "Subject: lunch\r\nMessage-ID: <1@corp.test>\r\n\r\nx\r\n") {
    RawClient client(*this, inside);
    client.say("EHLO mail.corp.test\r\nMAIL FROM:" + mail + "\r\nRCPT TO:" + rcpt + "\r\nDATA\r\n");
    client.wait(10s);
    BOOST_TEST(client.replies("354") == 1, client.heard);
    client.say(content + ".\r\nQUIT\r\n");
    quiesce();
    BOOST_TEST(client.replies("250 2.0.0") == 1, client.heard);
  }

  void refuse_recipients() {
    mx_config.faults = {
        {.step = fakes::Step::rcpt,
         .fault = {.action = fakes::FaultAction::reply,
                   .reply = {.code = 550, .enhanced = {}, .lines = {"5.1.1 no such user"}}}}};
    mx->apply(mx_config);
  }

  std::string line_of(std::string_view verb) const {
    for (const auto& command : seen("mx.partner.test", "smtp.command")) {
      if (command.field("verb") == verb) return std::string(command.field("line"));
    }
    return {};
  }

  /// The reports that the sender's own server got.
  std::vector<std::string> reports() const {
    std::vector<std::string> found;
    for (const auto& message : seen("mx.other.test", "smtp.message")) {
      BOOST_TEST(message.field("from") == "");
      BOOST_TEST(message.field("to") == "alice@corp.test");
      found.emplace_back(message.field("content"));
    }
    return found;
  }
};

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_server_with_dsn_takes_over_what_was_asked_for, Asking) {
  mx_config.offers.dsn = true;
  mx->apply(mx_config);
  start();
  ask("<alice@corp.test> RET=HDRS ENVID=QQ+2B1",
      "<bob@partner.test> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;bob@old.test");
  BOOST_TEST(holds(line_of("MAIL"), " RET=HDRS ENVID=QQ+2B1"));
  BOOST_TEST(line_of("RCPT") ==
             "RCPT TO:<bob@partner.test> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;bob@old.test");
  BOOST_TEST(reports().empty());
}

BOOST_FIXTURE_TEST_CASE(
    a_server_without_dsn_is_asked_for_nothing_and_success_is_reported_as_relayed, Asking) {
  start();
  ask("<alice@corp.test> RET=HDRS ENVID=QQ+2B1",
      "<bob@partner.test> NOTIFY=SUCCESS ORCPT=rfc822;bob@old.test");
  BOOST_TEST(!holds(line_of("MAIL"), "RET="));
  BOOST_TEST(line_of("RCPT") == "RCPT TO:<bob@partner.test>");
  const auto told = reports();
  BOOST_REQUIRE(told.size() == 1u);
  BOOST_TEST(holds(told[0], "Original-Envelope-Id: QQ+1\r\n"));
  BOOST_TEST(holds(told[0], "Original-Recipient: rfc822;bob@old.test\r\n"));
  BOOST_TEST(holds(told[0], "Action: relayed\r\n"));
}

BOOST_FIXTURE_TEST_CASE(a_failure_is_told_at_once_unless_it_is_never_to_be_told, Asking) {
  refuse_recipients();
  start();
  ask("<alice@corp.test>", "<bob@partner.test>");
  BOOST_REQUIRE(reports().size() == 1u);
  BOOST_TEST(holds(reports()[0], "Status: 5.1.1\r\n"));
  BOOST_TEST(holds(reports()[0], "Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n"));
  ask("<alice@corp.test>", "<bob@partner.test> NOTIFY=NEVER");
  BOOST_TEST(reports().size() == 1u);
  BOOST_TEST(entries().empty());
}

BOOST_FIXTURE_TEST_CASE(a_delay_is_told_once_where_the_option_is_on, Asking) {
  extra = "delivery { delay-notice after 1h }";
  mx_config.faults = {{.step = fakes::Step::rcpt,
                       .fault = {.action = fakes::FaultAction::reply,
                                 .reply = {.code = 450, .enhanced = {}, .lines = {"later"}}}}};
  mx->apply(mx_config);
  start();
  ask("<alice@corp.test>", "<bob@partner.test>");
  for (int i = 0; i < 6; ++i) pass(10min);
  BOOST_TEST(reports().empty());
  for (int i = 0; i < 20; ++i) pass(1h);
  BOOST_REQUIRE(reports().size() == 1u);
  BOOST_TEST(holds(reports()[0], "Action: delayed\r\n"));
  for (int i = 0; i < 10; ++i) pass(1h);
  BOOST_REQUIRE(reports().size() == 2u);
  BOOST_TEST(holds(reports()[1], "Action: failed\r\nStatus: 4.4.7\r\n"));
}

BOOST_FIXTURE_TEST_CASE(internationalised_mail_goes_with_smtputf8_or_comes_back_with_5_6_7,
                        Asking) {
  const std::string content =
      "Subject: M\xc3\xbc"
      "sli\r\nMessage-ID: <1@corp.test>\r\n\r\nx\r\n";
  start();
  ask("<alice@corp.test> SMTPUTF8", "<j\xc3\xbcrgen@partner.test>", content);
  BOOST_TEST(seen("mx.partner.test", "smtp.message").empty());
  BOOST_REQUIRE(reports().size() == 1u);
  BOOST_TEST(holds(reports()[0], "Status: 5.6.7\r\n"));
  mx_config.offers.smtputf8 = true;
  mx->apply(mx_config);
  ask("<alice@corp.test> SMTPUTF8", "<j\xc3\xbcrgen@partner.test>", content);
  BOOST_TEST(holds(line_of("MAIL"), " SMTPUTF8"));
  BOOST_TEST(seen("mx.partner.test", "smtp.rcpt").size() == 1u);
  BOOST_TEST(reports().size() == 1u);
  BOOST_TEST(entries().empty());
}

BOOST_FIXTURE_TEST_CASE(an_announcement_that_nothing_needs_asks_nothing_of_the_next_server,
                        Asking) {
  start();
  ask("<alice@corp.test> SMTPUTF8 BODY=8BITMIME", "<bob@partner.test>");
  BOOST_TEST(!holds(line_of("MAIL"), "SMTPUTF8"));
  BOOST_TEST(!holds(line_of("MAIL"), "BODY="));
  BOOST_TEST(seen("mx.partner.test", "smtp.message").size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(eight_bit_content_is_not_sent_where_it_is_not_offered, Asking) {
  mx_config.offers.eight_bit_mime = false;
  mx->apply(mx_config);
  start();
  ask("<alice@corp.test> BODY=8BITMIME RET=FULL", "<bob@partner.test>", "S: x\r\n\r\n\xfc\r\n");
  BOOST_TEST(seen("mx.partner.test", "smtp.message").empty());
  BOOST_REQUIRE(reports().size() == 1u);
  BOOST_TEST(holds(reports()[0], "Status: 5.6.3\r\n"));
  BOOST_TEST(holds(reports()[0], "\r\n\r\n\xfc\r\n"));
}

BOOST_FIXTURE_TEST_CASE(tls_is_required_of_some_and_a_client_certificate_only_noted, Asking) {
  extra = "inbound-tls { required from 192.0.2.129; client-certificate on request }";
  start();
  RawClient client(*this, inside);
  client.say("EHLO mail.corp.test\r\nMAIL FROM:<alice@corp.test>\r\nQUIT\r\n");
  client.wait(10s);
  BOOST_TEST(client.replies("530 5.7.0") == 1);
  fakes::Submission submission{.helo = "mail.corp.test",
                               .from = "alice@corp.test",
                               .recipients = {"bob@partner.test"},
                               .content = "Subject: lunch\r\n\r\nx\r\n",
                               .use_tls = fakes::UseTls::required};
  BOOST_TEST((submit(std::move(submission)).outcome == fakes::SendOutcome::accepted));
  BOOST_TEST(seen("mx.partner.test", "smtp.message").size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(an_administrator_pauses_releases_and_deletes, Asking) {
  change(*mx, mx_config, fakes::StartTlsBehaviour::alert);
  start();
  send({"bob@partner.test", "eve@partner.test"}, "confidential: results");
  change(*mx, mx_config, fakes::StartTlsBehaviour::works);
  const auto waiting = entries();
  BOOST_REQUIRE(waiting.size() == 2u);
  const auto id = waiting[0].message;
  BOOST_TEST(!run(gate->pause({id, 0})));
  BOOST_TEST(!run(gate->remove({id, 1})));
  pass(1h);
  BOOST_TEST(seen("mx.partner.test", "smtp.message").empty());
  BOOST_REQUIRE(entries().size() == 1u);
  BOOST_TEST((entries()[0].recipient.state == queue::RecipientState::held));
  BOOST_TEST(entries()[0].recipient.queue_name == "delayed");
  BOOST_TEST(entries()[0].recipient.reason == "paused");
  BOOST_TEST(!run(gate->release({id, {}})));
  BOOST_TEST(seen("mx.partner.test", "smtp.message").size() == 1u);
  BOOST_TEST((run(gate->release({id, {}})) == queue::Error::not_found));
  BOOST_TEST(reports().empty());
}
