#include "reference/smtp/client_session.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/smtp/test_client.hpp"

namespace sealgate::smtp::test {

using Kind = SessionFailure::Kind;

BOOST_AUTO_TEST_CASE(a_connection_lost_at_every_step_is_temporary) {
  for (const auto* steps : {&plain_steps, &tls_steps}) {
    const bool tls = steps == &tls_steps;
    for (std::size_t lost_at = 0; lost_at < steps->size(); ++lost_at) {
      Client client(tls ? TlsUse::required : TlsUse::never);
      play(client, *steps, lost_at);
      client.dialogue.expect_write((*steps)[lost_at].write);
      client.session.connection_lost("reset");
      client.dialogue.expect_close();
      const bool unknown = lost_at + 1 == steps->size();
      const SessionFailure& failure = *client.outcome().failure;
      BOOST_TEST((client.outcome().recipients[0].disposition == Disposition::temporary));
      BOOST_TEST(client.outcome().recipients[0].unknown == unknown);
      BOOST_TEST(failure.reason == "reset");
      if (tls && lost_at == 2) {
        BOOST_TEST((failure.tls == TlsFailure::connection_lost));
      } else {
        BOOST_TEST((failure.kind == Kind::connection_lost && !failure.tls));
      }
      BOOST_TEST(failure.over_tls == (tls && lost_at > 2));
      BOOST_TEST(client.outcomes.size() == 1u);
    }
  }
}

BOOST_AUTO_TEST_CASE(garbage_at_every_step_ends_the_session_without_a_further_word) {
  for (const auto* steps : {&plain_steps, &tls_steps}) {
    const bool tls = steps == &tls_steps;
    for (const char* garbage : {"\x16\x03\x01 hello\r\n", "250\ngo\r\n", "199 x\r\n"}) {
      for (std::size_t at = 0; at < steps->size(); ++at) {
        Client client(tls ? TlsUse::required : TlsUse::never);
        play(client, *steps, at);
        client.dialogue.expect_write((*steps)[at].write).expect_read(garbage).expect_close();
        const SessionFailure& failure = *client.outcome().failure;
        BOOST_TEST((client.outcome().recipients[0].disposition == Disposition::temporary));
        BOOST_TEST(client.outcome().recipients[0].unknown == (at + 1 == steps->size()));
        BOOST_TEST((failure.kind == (tls && at == 2 ? Kind::tls : Kind::protocol_error)));
        BOOST_TEST((failure.tls.has_value() == (tls && at == 2)));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_refusal_at_every_step_is_temporary_or_permanent_as_it_says) {
  const char* phases[] = {"greeting", "", "mail", "rcpt", "data", "final-dot"};
  for (std::size_t at = 0; at < plain_steps.size(); ++at) {
    if (at == 1) continue;  // EHLO: HELO follows, see below
    for (const bool permanent : {false, true}) {
      Client client;
      play(client, plain_steps, at);
      const std::string reply = permanent ? "550 5.0.0 no" : "450 4.0.0 no";
      client.dialogue.expect_write(plain_steps[at].write)
          .expect_read(reply + "\r\n")
          .expect_write("QUIT\r\n")
          .expect_read("221 bye\r\n")
          .expect_close();
      BOOST_TEST(client.result() == std::string(permanent ? "permanent" : "temporary") + " in " +
                                        phases[at] + " " + reply);
      BOOST_TEST(client.outcome().failure.has_value() == (at == 0));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_server_that_closes_with_421_gets_no_further_word) {
  for (std::size_t at = 0; at < plain_steps.size(); ++at) {
    Client client;
    play(client, plain_steps, at);
    client.dialogue.expect_write(plain_steps[at].write)
        .expect_read("421 4.3.2 bye\r\n")
        .expect_close();
    BOOST_TEST((client.outcome().recipients[0].disposition == Disposition::temporary));
    BOOST_TEST(!client.outcome().recipients[0].unknown);
    BOOST_TEST(client.outcome().failure->reply.code == 421);
  }
}

BOOST_AUTO_TEST_CASE(required_tls_that_is_not_had_ends_before_mail) {
  struct Case {
    std::vector<std::string> reads;  ///< the greeting precedes, QUIT's reply does not follow
    TlsFailure failure;
    bool quits;
  };
  const std::vector<Case> cases = {
      {{full_offer}, TlsFailure::not_offered, true},
      {{plain_offer}, TlsFailure::not_offered, true},
      {{"250-STARTTLS\r\n250 x\r\n"}, TlsFailure::not_offered, true},
      {{"500 what\r\n", "250-mx\r\n250 STARTTLS\r\n"}, TlsFailure::not_offered, true},
      {{tls_offer, "454 4.7.0 later\r\n"}, TlsFailure::refused, true},
      {{tls_offer, "501 no\r\n"}, TlsFailure::refused, true},
      {{tls_offer, "421 no\r\n"}, TlsFailure::refused, false},
      {{tls_offer, "250 yes\r\n"}, TlsFailure::garbage_reply, false},
      {{tls_offer, "354 go\r\n"}, TlsFailure::garbage_reply, false},
      {{tls_offer, "what\r\n"}, TlsFailure::garbage_reply, false},
      {{tls_offer, "220 go\r\n250 injected\r\n"}, TlsFailure::plaintext_injected, false},
      {{tls_offer, "220 go\r\nx"}, TlsFailure::plaintext_injected, false},
  };
  for (const Case& one : cases) {
    Client client(TlsUse::required);
    client.dialogue.expect_read("220 mx.test\r\n").run();
    for (const std::string& read : one.reads) client.dialogue.expect_read(read).run();
    BOOST_TEST(!leaks(client.dialogue.written()));
    BOOST_TEST(client.dialogue.written().ends_with("QUIT\r\n") == one.quits);
    BOOST_TEST(client.dialogue.closed() == !one.quits);
    BOOST_TEST((client.outcome().failure->tls == one.failure), one.reads.back());
    BOOST_TEST((client.outcome().recipients[0].disposition == Disposition::temporary));
    BOOST_TEST(client.handshakes == 0);
  }
}

BOOST_AUTO_TEST_CASE(a_failed_handshake_ends_the_session) {
  Client client(TlsUse::required);
  client.handshake_works = false;
  play(client, tls_steps, 3);
  client.dialogue.expect_close();
  BOOST_TEST((client.outcome().failure->tls == TlsFailure::handshake_failed));
  BOOST_TEST((client.outcome().failure->phase == Phase::handshake));
  BOOST_TEST(client.outcome().failure->reason == "alert handshake failure");
}

BOOST_AUTO_TEST_CASE(a_reply_to_no_command_stops_the_next_message) {
  for (const char* extra : {"250 again\r\n", "421 bye\r\n"}) {
    Client client;
    client.next_messages = {message()};
    play(client, plain_steps, 5);
    client.dialogue.expect_write(stuffed)
        .expect_read("250 queued\r\n" + std::string(extra))
        .expect_close();
    BOOST_REQUIRE(client.outcomes.size() == 2u);
    const bool closing = std::string_view(extra).substr(0, 3) == "421";
    BOOST_TEST(
        (client.outcome().failure->kind == (closing ? Kind::closing : Kind::protocol_error)));
    BOOST_TEST((client.outcome().recipients[0].disposition == Disposition::temporary));
  }
}

BOOST_AUTO_TEST_CASE(a_connection_lost_between_messages_or_at_quit_loses_nothing) {
  Client client;
  play(client, plain_steps, plain_steps.size());
  client.dialogue.expect_write("QUIT\r\n");
  client.session.connection_lost();
  client.dialogue.expect_close();
  BOOST_TEST(client.outcomes.size() == 1u);
  BOOST_TEST(client.result() == "delivered in final-dot 250 2.0.0 queued");
}

BOOST_AUTO_TEST_CASE(a_well_formed_reply_out_of_place_is_a_protocol_error) {
  const char* replies[] = {"250 x\r\n", "354 x\r\n", "354 x\r\n",
                           "354 x\r\n", "250 x\r\n", "354 x\r\n"};
  for (std::size_t at = 0; at < plain_steps.size(); ++at) {
    Client client;
    play(client, plain_steps, at);
    client.dialogue.expect_write(plain_steps[at].write).expect_read(replies[at]).expect_close();
    BOOST_TEST((client.outcome().failure->kind == Kind::protocol_error));
    BOOST_TEST((client.outcome().recipients[0].disposition == Disposition::temporary));
    BOOST_TEST(client.outcome().recipients[0].unknown == (at + 1 == plain_steps.size()));
  }
}

}  // namespace sealgate::smtp::test
