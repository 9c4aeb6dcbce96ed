// Both sessions against input put together at random from what hurts, with a caller that plays by
// the rules: whatever comes, they neither assert nor spin, and a required TLS is never done
// without.
#include <boost/test/unit_test.hpp>
#include <random>

#include "reference/smtp/client_session.hpp"
#include "reference/smtp/server_session.hpp"
#include "reference/smtp/test_client.hpp"

namespace sealgate::smtp::test {
namespace {

constexpr int actions_max = 2000;  ///< for a few hundred octets of input; more is a spin

template <class Pieces>
std::string_view pick(std::minstd_rand& random, const Pieces& pieces) {
  return pieces[random() % std::size(pieces)];
}

std::string_view wanted(Phase phase) {
  if (phase == Phase::greeting || phase == Phase::starttls) return "220 x\r\n";
  if (phase == Phase::ehlo) return "250-x\r\n250 STARTTLS\r\n";
  return phase == Phase::data ? "354 x\r\n" : "250 x\r\n";
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_server_session_stands_any_input) {
  constexpr std::string_view pieces[] = {"EHLO c\r\n",
                                         "HELO c\r\n",
                                         "MAIL FROM:<a@b>\r\n",
                                         "RCPT TO:<c@d>\r\n",
                                         "DATA\r\n",
                                         ".\r\n",
                                         "\r\n.\r\n",
                                         "STARTTLS\r\n",
                                         "RSET\r\n",
                                         "x",
                                         "\r",
                                         "\n",
                                         ".",
                                         "MAIL FROM:<",
                                         "QUIT\r\n",
                                         "NOOP\r\n",
                                         "DATA",
                                         "\r\n",
                                         "\xff"};
  std::minstd_rand random(1);
  std::size_t messages = 0;
  std::size_t handshakes = 0;
  for (int round = 0; round < 3000; ++round) {
    ServerSession session({.hostname = "gw",
                           .limits = {.size_max_bytes = 50, .command_octets_max = 40},
                           .offer_starttls = random() % 2 == 0});
    int reads = 0;
    bool closed = false;
    for (int i = 0; !closed && reads < 60; ++i) {
      BOOST_REQUIRE(i < actions_max);
      auto action = session.next();
      if (std::holds_alternative<ServerSession::Close>(action)) {
        closed = true;
      } else if (std::holds_alternative<ServerSession::NeedInput>(action)) {
        session.receive(pick(random, pieces));
        ++reads;
      } else if (std::holds_alternative<ServerSession::StartTls>(action)) {
        ++handshakes;
        session.tls_started({"TLSv1.3", "x", 128});
      } else if (!std::holds_alternative<ServerSession::Send>(action)) {
        if (const auto* accept = std::get_if<ServerSession::AcceptMessage>(&action)) {
          ++messages;
          BOOST_TEST(!examine(accept->transaction.content).malformed);
          BOOST_TEST(accept->transaction.content.size() <= 50u);
          BOOST_TEST(!accept->transaction.recipients.empty());
        }
        session.answer(random() % 4 == 0 ? Reply(450, "no") : Reply(250, "ok"));
      }
    }
  }
  BOOST_TEST(messages > 0u);  // else the pieces reach too little
  BOOST_TEST(handshakes > 0u);
}

BOOST_AUTO_TEST_CASE(a_client_session_stands_any_input) {
  constexpr std::string_view pieces[] = {"220 x\r\n",
                                         "250 x\r\n",
                                         "250 x\r\n",
                                         "250-x\r\n250 STARTTLS\r\n",
                                         "250-x\r\n250 PIPELINING\r\n",
                                         "354 x\r\n",
                                         "450 x\r\n",
                                         "550 x\r\n",
                                         "421 x\r\n",
                                         "250-x\r\n",
                                         "2",
                                         "\r\n",
                                         "\n",
                                         "220 x\r\n250"};
  std::minstd_rand random(2);
  std::size_t delivered = 0;
  for (int round = 0; round < 20000; ++round) {
    const TlsUse use = random() % 2 == 0 ? TlsUse::required : TlsUse::never;
    Client client(use, message({"bob@mx.test", "eve@mx.test"}));
    client.handshake_works = random() % 4 != 0;
    client.next_messages = {message()};
    for (int reads = 0; reads < 20; ++reads) {
      client.dialogue.run();
      if (client.dialogue.closed()) break;
      if (use == TlsUse::required && !client.session.tls()) {
        BOOST_REQUIRE(!leaks(client.dialogue.written()));
      }
      if (random() % 30 == 0) {
        client.session.connection_lost();
      } else {
        // Mostly what is wanted, else the first phases are all that is ever seen.
        client.session.receive(random() % 8 != 0 ? wanted(client.session.phase())
                                                 : pick(random, pieces));
      }
    }
    for (const Outcome& outcome : client.outcomes) {
      for (const RecipientResult& one : outcome.recipients) {
        if (one.disposition == Disposition::delivered) ++delivered;
        BOOST_TEST((one.disposition != Disposition::delivered || one.reply.completion()));
        BOOST_TEST((one.disposition != Disposition::permanent || one.reply.permanent()));
      }
      if (outcome.failure) BOOST_TEST(outcome.failure->reason != "");
    }
  }
  BOOST_TEST(delivered > 0u);
}

}  // namespace sealgate::smtp::test
