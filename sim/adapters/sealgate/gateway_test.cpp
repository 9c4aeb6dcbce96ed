// The gateway end to end in a simulated world, with real TLS, beside independent peers.
#include "reference/host/io.hpp"
#include "sim/adapters/sealgate/gateway_fixture.hpp"

namespace {

using namespace sealcheck;
using namespace sealcheck::test;
using fakes::SendOutcome;
using fakes::StartTlsBehaviour;
using queue::RecipientState;

const std::string marked_route = "route \"Partners\" for partner.test { tls marked }\n";
const std::vector<std::string> bob = {"bob@partner.test"};

struct Marked : Lab {
  Marked() : Lab(marked_route) {}
};

bool holds(const std::string& bytes, std::string_view part) {
  return bytes.find(part) != std::string::npos;
}

/// Neither envelope nor content left in clear towards the partner.
void check_nothing_in_clear(const Lab& lab) {
  const auto bytes = lab.sent_by_gateway_to("mx.partner.test");
  for (const auto* part :
       {"MAIL FROM", "RCPT TO", "DATA", "bob", "alice", "confidential", "canary"})
    BOOST_TEST(!holds(bytes, part), part << " in clear");
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_marked_message_goes_over_tls_and_leaves_the_queue, Lab) {
  start();
  const auto result = send(bob, "confidential: results");
  BOOST_TEST((result.outcome == SendOutcome::accepted));
  BOOST_TEST(holds(result.text, "queued as "));
  const auto messages = seen("mx.partner.test", "smtp.message");
  BOOST_REQUIRE(messages.size() == 1u);
  BOOST_TEST(messages[0].field("tls") == "TLSv1.3");
  const std::string content(messages[0].field("content"));
  BOOST_TEST(content.starts_with("Received: from mail.corp.test"));
  BOOST_TEST(holds(content, "the-canary-in-the-body"));
  const auto established = seen("mx.partner.test", "tls.established");
  BOOST_REQUIRE(established.size() == 1u);
  BOOST_TEST(established[0].field("server-name") == "mx.partner.test");
  check_nothing_in_clear(*this);
  BOOST_TEST(entries().empty());
}

namespace {

const std::string wide_policy =
    "policy \"Wide\" { when subject contains \"x\"; action encrypt; for outbound inbound; "
    "deployed }\n";

boost::asio::awaitable<host::ErrorCode> deploy(gateway::Gateway& gate) {
  auto deploying = gate.deploy();
  const auto done = co_await std::move(deploying);
  co_return done ? host::ErrorCode{} : done.error();
}

settings::Settings with_the_service(settings::Settings settings) {
  settings.encryption.other = settings::OtherMethod::hybrid;
  return settings;
}

struct Wide : Lab {
  Wide() : Lab(wide_policy) {}
};

}  // namespace

// HYB-24. The console objects to such drafts before they get here.
BOOST_FIXTURE_TEST_CASE(a_policy_for_other_mail_is_not_deployed_beside_the_service, Lab) {
  start();
  BOOST_TEST(!run(gate->apply(with_the_service(make_settings(wide_policy)))));
  const auto why = gate->objection_to_deployment();
  BOOST_REQUIRE(why.has_value());
  BOOST_TEST(holds(*why, "'Wide' encrypts other mail than outbound"));
  BOOST_TEST((run(deploy(*gate)) == boost::system::errc::operation_not_permitted));
  BOOST_TEST(gate->deployed()->policies.size() == 1u);
  BOOST_TEST(!run(gate->apply(make_settings(wide_policy))));
  BOOST_TEST(!gate->objection_to_deployment());
  BOOST_TEST(!run(deploy(*gate)));
  BOOST_TEST(gate->deployed()->policies.size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(the_service_is_not_selected_beside_what_is_in_force_for_other_mail, Wide) {
  start();
  const auto wanted = with_the_service(make_settings(""));
  const auto why = gate->objection_to(wanted);
  BOOST_REQUIRE(why.has_value());
  BOOST_TEST(holds(*why, "'Wide' encrypts other mail than outbound"));
  BOOST_TEST(!gate->objection_to(make_settings("")));
  BOOST_TEST(!run(gate->apply(make_settings(""))));
  BOOST_TEST(gate->objection_to(wanted).has_value());
  BOOST_TEST(!run(deploy(*gate)));
  BOOST_TEST(!gate->objection_to(wanted));
}

namespace {

struct Fault {
  StartTlsBehaviour behaviour;
  const char* reason;
};
const Fault faults[] = {{StartTlsBehaviour::not_offered, "starttls-not-offered"},
                        {StartTlsBehaviour::refused, "starttls-refused"},
                        {StartTlsBehaviour::alert, "handshake-failed"},
                        {StartTlsBehaviour::eof, "handshake-eof"},
                        {StartTlsBehaviour::reset, "handshake-reset"},
                        {StartTlsBehaviour::stall, "handshake-timed-out"}};

}  // namespace

BOOST_AUTO_TEST_CASE(
    mandatory_each_failure_of_tls_delays_with_its_own_reason_and_a_retry_delivers) {
  for (const auto& fault : faults) {
    BOOST_TEST_CONTEXT(fault.reason) {
      Lab lab;
      lab.start();
      lab.change(*lab.mx, lab.mx_config, fault.behaviour);
      BOOST_TEST((lab.send(bob, "confidential: results").outcome == SendOutcome::accepted));

      const auto delayed = lab.entries();
      BOOST_REQUIRE(delayed.size() == 1u);
      BOOST_TEST((delayed[0].recipient.state == RecipientState::delayed));
      BOOST_TEST(delayed[0].recipient.reason == fault.reason);
      BOOST_TEST(delayed[0].recipient.queue_name == "delayed");
      const auto& one = delayed[0].recipient;
      BOOST_TEST((*one.next_attempt_at - *one.last_attempt_at == 15min));
      BOOST_TEST(lab.seen("mx.partner.test", "smtp.message").empty());
      BOOST_TEST(lab.seen("mx.partner.test", "smtp.connected").size() == 1u);
      check_nothing_in_clear(lab);

      lab.change(*lab.mx, lab.mx_config, StartTlsBehaviour::works);
      lab.pass(14min);
      BOOST_TEST(lab.seen("mx.partner.test", "smtp.message").empty());
      lab.pass(2min);
      const auto messages = lab.seen("mx.partner.test", "smtp.message");
      BOOST_REQUIRE(messages.size() == 1u);
      BOOST_TEST(messages[0].field("tls") == "TLSv1.3");
      check_nothing_in_clear(lab);
      BOOST_TEST(lab.entries().empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(opportunistic_each_failure_of_tls_leads_to_one_copy_in_plain_text_at_once) {
  for (const auto& fault : faults) {
    BOOST_TEST_CONTEXT(fault.reason) {
      Marked lab;
      lab.start();
      lab.change(*lab.mx, lab.mx_config, fault.behaviour);
      lab.send(bob, "lunch");
      const auto messages = lab.seen("mx.partner.test", "smtp.message");
      BOOST_REQUIRE(messages.size() == 1u);
      BOOST_TEST(messages[0].field("tls") == "no");
      BOOST_TEST(messages[0].field("connection") == "2");
      BOOST_TEST(lab.seen("mx.partner.test", "smtp.connected").size() == 2u);
      BOOST_TEST(lab.entries().empty());
    }
  }
}

BOOST_FIXTURE_TEST_CASE(a_marked_box_uses_tls_where_it_works, Marked) {
  start();
  send(bob, "lunch");
  const auto messages = seen("mx.partner.test", "smtp.message");
  BOOST_REQUIRE(messages.size() == 1u);
  BOOST_TEST(messages[0].field("tls") == "TLSv1.3");
}

BOOST_FIXTURE_TEST_CASE(an_unmarked_box_never_asks_for_starttls, Lab) {
  start();
  send(bob, "lunch");
  BOOST_REQUIRE(seen("mx.partner.test", "smtp.message").size() == 1u);
  BOOST_TEST(!holds(sent_by_gateway_to("mx.partner.test"), "STARTTLS"));
}

BOOST_FIXTURE_TEST_CASE(a_peer_without_credentials_gets_nothing_encrypted, Lab) {
  mx_config.tls.version_max = fakes::TlsVersion::tls1_2;
  mx_config.tls.cipher_list = "ADH-AES256-GCM-SHA384:@SECLEVEL=0";
  mx->apply(mx_config);
  start();
  send(bob, "confidential: results");
  const auto delayed = entries();
  BOOST_REQUIRE(delayed.size() == 1u);
  BOOST_TEST(delayed[0].recipient.reason == "handshake-failed");
  check_nothing_in_clear(*this);
}

BOOST_FIXTURE_TEST_CASE(without_a_method_a_marked_message_waits_and_goes_nowhere, Lab) {
  extra = "encryption { tls off }\n" + marked_route;
  start();
  send(bob, "confidential: results");
  auto delayed = entries();
  BOOST_REQUIRE(delayed.size() == 1u);
  BOOST_TEST(delayed[0].recipient.reason == "encryption-unavailable");
  BOOST_TEST(seen("mx.partner.test", "smtp.connected").empty());
  BOOST_TEST(!apply(""));
  gate->flush();
  quiesce();
  BOOST_TEST(seen("mx.partner.test", "smtp.message").size() == 1u);
  BOOST_TEST(entries().empty());
}

BOOST_FIXTURE_TEST_CASE(a_changed_interval_moves_the_next_attempt, Lab) {
  start();
  change(*mx, mx_config, StartTlsBehaviour::alert);
  send(bob, "confidential: results");
  change(*mx, mx_config, StartTlsBehaviour::works);
  BOOST_TEST(!apply("delivery { retry-interval 5m }"));
  BOOST_TEST(
      (*entries()[0].recipient.next_attempt_at - *entries()[0].recipient.last_attempt_at == 5min));
  pass(6min);
  BOOST_TEST(seen("mx.partner.test", "smtp.message").size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(two_domains_have_two_outcomes, Lab) {
  start();
  change(*mx, mx_config, StartTlsBehaviour::refused);
  send({"bob@partner.test", "carol@other.test", "nobody@nowhere.test"}, "confidential: results");
  const auto left = entries();
  BOOST_REQUIRE(left.size() == 3u);
  BOOST_TEST((left[0].recipient.state == RecipientState::delayed));
  BOOST_TEST(left[0].recipient.reason == "starttls-refused");
  BOOST_TEST((left[1].recipient.state == RecipientState::delivered));
  BOOST_TEST((left[2].recipient.state == RecipientState::failed));
  BOOST_TEST(left[2].recipient.reason == "no-such-domain");
  BOOST_TEST(seen("mx.other.test", "smtp.message").size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(the_second_mail_host_is_asked_only_when_the_first_fails, Lab) {
  start();
  send({"bob@both.test"}, "confidential: results");
  BOOST_TEST(seen("mx.partner.test", "smtp.message").size() == 1u);
  BOOST_TEST(seen("mx.other.test", "smtp.connected").empty());
  change(*mx, mx_config, StartTlsBehaviour::alert);
  send({"bob@both.test"}, "confidential: results");
  BOOST_TEST(seen("mx.partner.test", "smtp.message").size() == 1u);
  const auto messages = seen("mx.other.test", "smtp.message");
  BOOST_REQUIRE(messages.size() == 1u);
  BOOST_TEST(messages[0].field("tls") == "TLSv1.3");
  BOOST_TEST(entries().empty());
  check_nothing_in_clear(*this);
}

BOOST_FIXTURE_TEST_CASE(plain_text_is_tried_at_the_same_mail_host_before_the_next_one, Lab) {
  extra = "route \"Both\" for both.test { tls marked }";
  start();
  change(*mx, mx_config, StartTlsBehaviour::alert);
  send({"bob@both.test"}, "lunch");
  BOOST_TEST(seen("mx.partner.test", "smtp.message").size() == 1u);  // RUL-19
  BOOST_TEST(seen("mx.other.test", "smtp.connected").empty());
}

BOOST_FIXTURE_TEST_CASE(nobody_but_a_trusted_client_may_relay, Lab) {
  start();
  const auto refused = send(bob, "hello", &outside);
  BOOST_TEST((refused.outcome == SendOutcome::permanent));
  BOOST_TEST(refused.recipients.at(0).second == 550);
  BOOST_TEST(seen("mx.partner.test", "smtp.connected").empty());
  const auto taken = send({"alice@corp.test"}, "hello", &outside);
  BOOST_TEST((taken.outcome == SendOutcome::accepted));
  BOOST_TEST(seen("mx.other.test", "smtp.message").size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(what_was_answered_250_survives_a_power_loss_and_is_delivered_after_it,
                        Lab) {
  start();
  BOOST_TEST((send_only(bob, "confidential: results").outcome == SendOutcome::accepted));
  BOOST_TEST(seen("mx.partner.test", "smtp.message").empty());
  gw.lose_power();
  gate.reset();
  quiesce();
  BOOST_TEST(seen("mx.partner.test", "smtp.message").empty());
  gw.restart();
  start();
  quiesce();
  BOOST_TEST(seen("mx.partner.test", "smtp.message").size() == 1u);
  BOOST_TEST(entries().empty());
}

BOOST_FIXTURE_TEST_CASE(a_reply_lost_after_the_final_dot_is_told_apart, Lab) {
  mx_config.faults = {
      {.step = fakes::Step::final_dot, .fault = {.action = fakes::FaultAction::disconnect}}};
  mx->apply(mx_config);
  start();
  send(bob, "confidential: results");
  const auto delayed = entries();
  BOOST_REQUIRE(delayed.size() == 1u);
  BOOST_TEST(delayed[0].recipient.reason == "reply-lost");
}

BOOST_FIXTURE_TEST_CASE(a_loss_after_the_handshake_is_never_followed_by_plain_text, Marked) {
  mx_config.faults = {
      {.step = fakes::Step::mail, .fault = {.action = fakes::FaultAction::disconnect}}};
  mx->apply(mx_config);
  start();
  send(bob, "lunch");
  const auto delayed = entries();
  BOOST_REQUIRE(delayed.size() == 1u);
  BOOST_TEST(delayed[0].recipient.reason == "connection-lost");
  BOOST_TEST(seen("mx.partner.test", "smtp.connected").size() == 1u);
  check_nothing_in_clear(*this);
}

BOOST_FIXTURE_TEST_CASE(a_period_that_is_over_is_told_to_the_sender_over_tls, Lab) {
  extra = "delivery { maximum-retry-period 1h }";
  start();
  change(*mx, mx_config, StartTlsBehaviour::refused);
  send(bob, "confidential: results");
  for (int i = 0; i < 10; ++i) pass(10min);
  BOOST_TEST(seen("mx.partner.test", "smtp.connected").size() == 4u);  // 0, 15, 45 and 60 minutes
  BOOST_TEST(entries().empty());
  const auto told = seen("mx.other.test", "smtp.message");  // corp.test's
  BOOST_REQUIRE(told.size() == 1u);
  BOOST_TEST(told[0].field("from") == "");
  BOOST_TEST(told[0].field("to") == "alice@corp.test");
  BOOST_TEST(told[0].field("tls") == "TLSv1.3");
  const std::string content(told[0].field("content"));
  BOOST_TEST(holds(content, "Final-Recipient: rfc822;bob@partner.test\r\nAction: failed\r\n"));
  BOOST_TEST(holds(content, "Message-ID: <1@corp.test>"));
  BOOST_TEST(!holds(content, "results"));
  BOOST_TEST(!holds(content, "the-canary-in-the-body"));
}

BOOST_FIXTURE_TEST_CASE(an_ndr_that_cannot_be_delivered_goes_to_the_notification_address, Lab) {
  extra = "delivery { maximum-retry-period 1h; notification-address admin@other.test }";
  mx_config.faults = {{.step = fakes::Step::rcpt,
                       .fault = {.action = fakes::FaultAction::reply,
                                 .reply = {.code = 550, .enhanced = {}, .lines = {"no"}}}}};
  mx->apply(mx_config);
  start();
  fakes::Submission submission{.helo = "mail.corp.test",
                               .from = "gone@partner.test",
                               .recipients = bob,
                               .content = "Subject: lunch\r\n\r\nx\r\n"};
  submit(std::move(submission));
  const auto told = seen("mx.other.test", "smtp.message");
  BOOST_REQUIRE(told.size() == 1u);
  BOOST_TEST(told[0].field("to") == "admin@other.test");
  BOOST_TEST(told[0].field("from") == "");
  BOOST_TEST(holds(std::string(told[0].field("content")), "rfc822;bob@partner.test"));
  BOOST_TEST(entries().empty());
}

BOOST_FIXTURE_TEST_CASE(the_gateway_receives_over_tls_and_stops_in_order, Lab) {
  start();
  fakes::Submission submission{.helo = "mail.corp.test",
                               .from = "alice@corp.test",
                               .recipients = bob,
                               .content = "Subject: lunch\r\n\r\nx\r\n",
                               .use_tls = fakes::UseTls::required};
  BOOST_TEST((submit(std::move(submission)).outcome == SendOutcome::accepted));
  const auto messages = seen("mx.partner.test", "smtp.message");
  BOOST_REQUIRE(messages.size() == 1u);
  BOOST_TEST(holds(std::string(messages[0].field("content")), "with ESMTPS"));
  stop();
  gate.reset();
  BOOST_TEST((world.run(INT64_MAX, true) == world::Stop::quiescent));
  start();  // the port is free again, the certificate is still there
}

namespace {

struct FallsBackToPlain final : gateway::Decisions {
  sealgate::encryption::AfterTlsFailure after_failure(
      sealgate::encryption::Demand, sealgate::encryption::Failure) const override {
    return sealgate::encryption::AfterTlsFailure::plain_text_on_new_connection;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_wrong_decision_is_what_it_takes_to_send_in_clear, Lab) {
  const FallsBackToPlain wrong;
  start(wrong);
  change(*mx, mx_config, StartTlsBehaviour::alert);
  send(bob, "confidential: results");
  const auto messages = seen("mx.partner.test", "smtp.message");
  BOOST_REQUIRE(messages.size() == 1u);
  BOOST_TEST(messages[0].field("tls") == "no");
}
