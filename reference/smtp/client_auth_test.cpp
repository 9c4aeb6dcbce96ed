#include "reference/smtp/client_auth.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/smtp/test_client.hpp"

namespace sealgate::smtp::test {

namespace {

using Kind = SessionFailure::Kind;

const Login login{"gw", "hunter2"};
const Login in_clear{"gw", "hunter2", true};
const std::string plain_line = "AUTH PLAIN AGd3AGh1bnRlcjI=\r\n";
const std::string mail = "MAIL FROM:<alice@corp.test>\r\n";

std::string offer(const std::string& mechanisms) {
  return "250-mx.test\r\n250 AUTH" + mechanisms + "\r\n";
}

/// Everything up to the EHLO within TLS, whose answer is `offered`.
void secure(Client& client, const std::string& offered) {
  client.dialogue.expect_read("220 mx.test\r\n")
      .expect_write(ehlo)
      .expect_read(tls_offer)
      .expect_write("STARTTLS\r\n")
      .expect_read("220 go\r\n")
      .expect_write(ehlo)
      .expect_read(offered);
}

Client over_tls() {
  return Client(TlsUse::required, message(), login);
}

bool tells(std::string_view text) {
  return text.find("hunter2") != text.npos || text.find("aHVudGVyMg==") != text.npos ||
         text.find("AGd3") != text.npos;
}

/// Neither the reason nor the reply that is kept holds any of the login.
void check_silence(const Outcome& outcome) {
  BOOST_TEST(!tells(outcome.failure->reason), outcome.failure->reason);
  BOOST_TEST(!tells(to_text(outcome.failure->reply)));
  BOOST_TEST(!tells(to_text(outcome.recipients.at(0).reply)));
}

std::vector<Step> exchange(const std::string& offered, std::vector<Step> of_auth) {
  std::vector<Step> steps(tls_steps.begin(), tls_steps.begin() + 3);
  steps.push_back({ehlo, offered});
  steps.insert(steps.end(), of_auth.begin(), of_auth.end());
  steps.push_back({mail, "250 ok\r\n"});
  return steps;
}

const std::vector<std::vector<Step>> exchanges = {
    exchange(offer(" PLAIN LOGIN"), {{plain_line, "235 2.7.0 ok\r\n"}}),
    exchange(offer(" LOGIN"), {{"AUTH LOGIN\r\n", "334 VXNlcm5hbWU6\r\n"},
                               {"Z3c=\r\n", "334 UGFzc3dvcmQ6\r\n"},
                               {"aHVudGVyMg==\r\n", "235 ok\r\n"}}),
    exchange(offer(" LOGIN PLAIN CRAM-MD5"),
             {{"AUTH CRAM-MD5\r\n", "334 PDEyMz4=\r\n"},
              {"Z3cgOGJmZjIwM2JiN2E2MTMwYWY2YzZkZGQ5ZWU0NTg5N2Q=\r\n", "235 ok\r\n"}})};

}  // namespace

BOOST_AUTO_TEST_SUITE(client_auth)

BOOST_AUTO_TEST_CASE(the_login_is_said_over_tls_before_mail_whatever_the_chunks) {
  for (const auto& steps : exchanges) {
    for (std::size_t chop = 0; chop < 20; ++chop) {
      Client client = over_tls();
      client.dialogue.chop(chop);
      play(client, steps, steps.size());
      client.dialogue.expect_write("RCPT TO:<bob@mx.test>\r\n");
    }
  }
}

BOOST_AUTO_TEST_CASE(the_example_of_rfc_2195) {
  AuthExchange exchange({"tim", "tanstaaftanstaaf"}, {"CRAM-MD5"});
  BOOST_TEST(exchange.begin() == "AUTH CRAM-MD5\r\n");
  const auto step =
      exchange.on_reply(Reply(334, "PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+"));
  BOOST_TEST(step.send == "dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw\r\n");
}

BOOST_AUTO_TEST_CASE(a_response_too_long_for_a_command_waits_for_the_server) {
  AuthExchange exchange({std::string(255, 'u'), std::string(255, 'p')}, {"PLAIN"});
  BOOST_TEST(exchange.begin() == "AUTH PLAIN\r\n");
  BOOST_TEST(exchange.on_reply(Reply(334, "")).send.size() == 684u + 2);
}

BOOST_AUTO_TEST_CASE(without_tls_nothing_is_said_unless_allowed) {  // RUL-30
  for (const char* mechanisms : {" PLAIN", " CRAM-MD5", " LOGIN"}) {
    Client client(TlsUse::never, message(), login);
    client.dialogue.expect_read("220 x\r\n")
        .expect_write(ehlo)
        .expect_read(offer(mechanisms))
        .expect_write("QUIT\r\n");
    BOOST_TEST((client.outcome().failure->auth == AuthFailure::in_clear));
    BOOST_TEST(client.result() == "temporary in ehlo ");
  }
  Client allowed(TlsUse::never, message(), in_clear);
  allowed.dialogue.expect_read("220 x\r\n")
      .expect_write(ehlo)
      .expect_read(offer(" PLAIN"))
      .expect_write(plain_line)
      .expect_read("235 ok\r\n")
      .expect_write(mail);
}

BOOST_AUTO_TEST_CASE(a_server_that_offers_no_known_mechanism_gets_no_mail) {  // TPA-15
  for (const std::string& offered : {plain_offer, offer(""), offer(" GSSAPI XOAUTH2")}) {
    Client client = over_tls();
    secure(client, offered);
    client.dialogue.expect_write("QUIT\r\n");
    BOOST_TEST((client.outcome().failure->auth == AuthFailure::not_offered));
    BOOST_TEST((client.outcome().failure->kind == Kind::authentication));
    BOOST_TEST(client.result() == "temporary in ehlo ");
  }
}

BOOST_AUTO_TEST_CASE(an_offer_made_before_tls_only_is_none) {
  Client client = over_tls();
  client.dialogue.expect_read("220 mx.test\r\n")
      .expect_write(ehlo)
      .expect_read("250-mx.test\r\n250-AUTH PLAIN\r\n250 STARTTLS\r\n")
      .expect_write("STARTTLS\r\n")
      .expect_read("220 go\r\n")
      .expect_write(ehlo)
      .expect_read(plain_offer)
      .expect_write("QUIT\r\n");
  BOOST_TEST((client.outcome().failure->auth == AuthFailure::not_offered));
}

BOOST_AUTO_TEST_CASE(a_mechanism_that_the_server_forgot_gives_way_to_the_next) {
  Client client = over_tls();
  secure(client, offer(" CRAM-MD5 PLAIN"));
  client.dialogue.expect_write("AUTH CRAM-MD5\r\n")
      .expect_read("504 5.5.4 what\r\n")
      .expect_write(plain_line)
      .expect_read("504 5.5.4 what\r\n")
      .expect_write("QUIT\r\n");
  BOOST_TEST((client.outcome().failure->auth == AuthFailure::refused));
}

BOOST_AUTO_TEST_CASE(a_refusal_at_every_step_keeps_the_message_and_the_secret) {
  for (const auto& steps : exchanges) {
    for (std::size_t at = 4; at + 1 < steps.size(); ++at) {
      for (const char* code : {"454 4.7.0", "535 5.7.8", "538 5.7.11", "500 5.5.1"}) {
        Client client = over_tls();
        play(client, steps, at);
        client.dialogue.expect_write(steps[at].write)
            .expect_read(std::string(code) + " not gw/hunter2 (aHVudGVyMg== AGd3AGh1bnRlcjI=)\r\n")
            .expect_write("QUIT\r\n");
        BOOST_TEST((client.outcome().failure->auth == AuthFailure::refused));
        BOOST_TEST((client.outcome().failure->phase == Phase::auth));
        BOOST_TEST((client.outcome().recipients[0].disposition == Disposition::temporary));
        check_silence(client.outcome());
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_connection_lost_or_closed_at_every_step_is_temporary) {
  for (const auto& steps : exchanges) {
    for (std::size_t at = 4; at + 1 < steps.size(); ++at) {
      Client lost = over_tls();
      play(lost, steps, at);
      lost.dialogue.expect_write(steps[at].write);
      lost.session.connection_lost("reset");
      lost.dialogue.expect_close();
      BOOST_TEST((lost.outcome().failure->kind == Kind::connection_lost));
      BOOST_TEST(lost.result() == "temporary in auth ");
      Client closed = over_tls();
      play(closed, steps, at);
      closed.dialogue.expect_write(steps[at].write)
          .expect_read("421 4.3.2 bye hunter2\r\n")
          .expect_close();
      BOOST_TEST((closed.outcome().failure->kind == Kind::closing));
      check_silence(closed.outcome());
    }
  }
}

BOOST_AUTO_TEST_CASE(garbage_at_every_step_ends_the_session_without_a_further_word) {
  for (const auto& steps : exchanges) {
    for (std::size_t at = 4; at + 1 < steps.size(); ++at) {
      for (const char* garbage : {"hunter2\r\n", "250 ok hunter2\r\n", "354 go\r\n", "199 x\r\n"}) {
        Client client = over_tls();
        play(client, steps, at);
        client.dialogue.expect_write(steps[at].write).expect_read(garbage).expect_close();
        BOOST_TEST((client.outcome().recipients[0].disposition == Disposition::temporary));
        check_silence(client.outcome());
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_challenge_out_of_place_is_cancelled) {
  for (const auto& steps : exchanges) {
    Client client = over_tls();
    play(client, steps, steps.size() - 2);
    client.dialogue.expect_write(steps[steps.size() - 2].write)
        .expect_read("334 PDEyMz4=\r\n")
        .expect_write("*\r\n")
        .expect_read("501 5.7.0 cancelled\r\n")
        .expect_write("QUIT\r\n");
    BOOST_TEST((client.outcome().failure->auth == AuthFailure::garbage));
  }
}

BOOST_AUTO_TEST_CASE(a_challenge_that_is_no_base64_is_cancelled) {
  for (const char* challenge : {"334 \r\n", "334 <123>\r\n", "334 abc\r\n"}) {
    Client client = over_tls();
    secure(client, offer(" CRAM-MD5"));
    client.dialogue.expect_write("AUTH CRAM-MD5\r\n").expect_read(challenge).expect_write("*\r\n");
  }
}

BOOST_AUTO_TEST_CASE(a_second_message_needs_no_second_login) {
  Client client = over_tls();
  client.next_messages = {message()};
  secure(client, offer(" PLAIN"));
  client.dialogue.expect_write(plain_line)
      .expect_read("235 ok\r\n")
      .expect_write(mail)
      .expect_read("550 no\r\n")
      .expect_write(mail);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sealgate::smtp::test
