#include "reference/smtp/server_session.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/smtp/test_dialogue.hpp"

namespace sealgate::smtp {
namespace {

const std::string greeting = "220 gw.test ESMTP\r\n";
const std::string ehlo_reply =
    "250-gw.test\r\n250-PIPELINING\r\n250-SIZE 1000\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-DSN\r\n"
    "250-STARTTLS\r\n"
    "250 ENHANCEDSTATUSCODES\r\n";
const std::string ehlo_reply_tls =
    "250-gw.test\r\n250-PIPELINING\r\n250-SIZE 1000\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-DSN\r\n"
    "250 ENHANCEDSTATUSCODES\r\n";
const std::string ok = "250 2.0.0 ok\r\n";
const std::string go_ahead = "354 end with <CRLF>.<CRLF>\r\n";
const std::string envelope = "EHLO c.test\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\n";

/// A session whose caller says yes, except to recipients in refused.test; messages are kept.
struct Server {
  explicit Server(ServerSession::Limits limits = {.size_max_bytes = 1000},
                  bool offer_starttls = true)
      : session({.hostname = "gw.test", .limits = limits, .offer_starttls = offer_starttls}) {}

  void perform(ServerSession& s, ServerSession::Action& action) {
    if (auto* accept = std::get_if<ServerSession::AcceptMessage>(&action)) {
      messages.push_back(std::move(accept->transaction));
      s.answer(verdict);
    } else if (auto* check = std::get_if<ServerSession::CheckRecipient>(&action)) {
      const bool refused = check->recipient.path.domain == "refused.test";
      s.answer(refused ? Reply(550, {5, 7, 1}, "no relay") : Reply(250, {2, 0, 0}, "ok"));
    } else if (std::holds_alternative<ServerSession::StartTls>(action)) {
      ++handshakes;
      s.tls_started({"TLSv1.3", "TLS_AES_128_GCM_SHA256", 128});
    } else {
      s.answer(sender_verdict);
    }
  }

  ServerSession session;
  Reply verdict = Reply(250, {2, 0, 0}, "ok");
  Reply sender_verdict = Reply(250, {2, 0, 0}, "ok");
  std::vector<Transaction> messages;
  int handshakes = 0;
  test::Dialogue<ServerSession> dialogue{
      session, [this](ServerSession& s, ServerSession::Action& action) { perform(s, action); }};
};

/// The reply to `line` after EHLO.
std::string answer_to(std::string_view line,
                      ServerSession::Limits limits = {.size_max_bytes = 1000}) {
  Server server(limits);
  server.dialogue.expect_read("EHLO c.test\r\n").expect_write(greeting + ehlo_reply);
  server.dialogue.expect_read(std::string(line) + "\r\n").run();
  return server.dialogue.written();
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_message_is_taken_whatever_the_chunks) {
  const std::string body = "Subject: x\r\n\r\n..dot\r\ny\r\n";
  for (std::size_t step = 0; step < 40; ++step) {
    Server server;
    server.dialogue.chop(step)
        .expect_write(greeting)
        .expect_read("EHLO c.test\r\n")
        .expect_write(ehlo_reply)
        .expect_read("MAIL FROM:<a@b.test> SIZE=20 BODY=8BITMIME\r\n")
        .expect_write(ok)
        .expect_read("RCPT TO:<c@d.test>\r\nRCPT TO:<x@refused.test>\r\nRCPT TO:<e@f.test>\r\n")
        .expect_write(ok + "550 5.7.1 no relay\r\n" + ok)
        .expect_read("DATA\r\n")
        .expect_write(go_ahead)
        .expect_read(body + ".\r\nQUIT\r\n")
        .expect_write(ok + "221 2.0.0 gw.test closing\r\n")
        .expect_close();
    BOOST_REQUIRE(server.messages.size() == 1u);
    const Transaction& message = server.messages[0];
    BOOST_TEST(message.content == "Subject: x\r\n\r\n.dot\r\ny\r\n");
    BOOST_TEST(to_wire(message.reverse_path) == "<a@b.test>");
    BOOST_REQUIRE(message.recipients.size() == 2u);
    BOOST_TEST(to_wire(message.recipients[1].path) == "<e@f.test>");
    BOOST_TEST(*message.parameters.size_bytes == 20u);
    BOOST_TEST((message.parameters.body == BodyType::eight_bit_mime));
    BOOST_TEST(message.helo == "c.test");
    BOOST_TEST((message.esmtp && !message.tls));
  }
}

BOOST_AUTO_TEST_CASE(replies_to_a_pipelined_group_come_in_one_send) {
  Server server;
  BOOST_TEST((std::holds_alternative<ServerSession::Send>(server.session.next())));
  server.session.receive(envelope + "DATA\r\n");
  std::vector<std::string> sends;
  for (;;) {
    auto action = server.session.next();
    if (std::holds_alternative<ServerSession::NeedInput>(action)) break;
    if (auto* send = std::get_if<ServerSession::Send>(&action)) {
      sends.push_back(send->bytes);
    } else {
      server.perform(server.session, action);
    }
  }
  BOOST_REQUIRE(sends.size() == 1u);
  BOOST_TEST(sends[0] == ehlo_reply + ok + ok + go_ahead);
}

BOOST_AUTO_TEST_CASE(final_dot_is_answered_by_the_caller_alone) {
  Server server;
  server.verdict = Reply(451, {4, 3, 0}, "queue not writable");
  server.dialogue.expect_read(envelope + "DATA\r\n")
      .expect_write(greeting + ehlo_reply + ok + ok + go_ahead)
      .expect_read("x\r\n.\r\n")
      .expect_write("451 4.3.0 queue not writable\r\n")
      .expect_open();
}

BOOST_AUTO_TEST_CASE(a_refused_sender_begins_no_transaction_and_421_closes) {
  Server server;
  server.sender_verdict = Reply(550, {5, 7, 1}, "not you");
  server.dialogue.expect_read(envelope).expect_write(
      greeting + ehlo_reply + "550 5.7.1 not you\r\n" + "503 5.5.1 MAIL first\r\n");
  server.sender_verdict = Reply(421, {4, 3, 2}, "going down");
  server.dialogue.expect_read("MAIL FROM:<a@b.test>\r\nNOOP\r\n")
      .expect_write("421 4.3.2 going down\r\n")
      .expect_close();
}

BOOST_AUTO_TEST_CASE(commands_have_the_replies_of_the_rfc) {
  BOOST_TEST(answer_to("NOOP x") == ok);
  BOOST_TEST(answer_to("RSET") == "250 2.0.0 reset\r\n");
  BOOST_TEST(answer_to("RSET x") == "501 5.5.4 no argument allowed\r\n");
  BOOST_TEST(answer_to("VRFY alice").substr(0, 4) == "252 ");
  BOOST_TEST(answer_to("VRFY").substr(0, 4) == "501 ");
  BOOST_TEST(answer_to("HELP").substr(0, 4) == "214 ");
  BOOST_TEST(answer_to("EXPN list") == "500 5.5.2 command not recognised\r\n");
  BOOST_TEST(answer_to("") == "500 5.5.2 command not recognised\r\n");
  BOOST_TEST(answer_to("RCPT TO:<a@b.test>") == "503 5.5.1 MAIL first\r\n");
  BOOST_TEST(answer_to("DATA") == "503 5.5.1 MAIL first\r\n");
  BOOST_TEST(answer_to("EHLO").substr(0, 10) == "501 5.5.4 ");
  BOOST_TEST(answer_to("EHLO a b").substr(0, 10) == "501 5.5.4 ");
  BOOST_TEST(answer_to("HELO c.test") == "250 gw.test\r\n");
  BOOST_TEST(answer_to("MAIL FROM:<a@b.test> AUTH=<>") == "555 5.5.4 parameter not recognised\r\n");
  BOOST_TEST(answer_to("MAIL FROM:<a@b.test> SIZE=1001").substr(0, 10) == "552 5.3.4 ");
  BOOST_TEST(answer_to("MAIL FROM:<a@b.test> SIZE=1000") == ok);
  BOOST_TEST(answer_to("MAIL FROM:<a@b.test>\r\nMAIL FROM:<>").substr(0, ok.size() + 4) ==
             ok + "503 ");
  BOOST_TEST(answer_to("MAIL FROM:<a@b.test>\r\nDATA") == ok + "554 5.5.1 no valid recipients\r\n");
  BOOST_TEST(answer_to("MAIL FROM:<a@b.test>\r\nRSET\r\nDATA").substr(ok.size() + 17) ==
             "503 5.5.1 MAIL first\r\n");
  BOOST_TEST(answer_to("NOOP " + std::string(1034, 'x')) == ok);
  BOOST_TEST(answer_to("NOOP " + std::string(1035, 'x')) == "500 5.5.2 line too long\r\n");
  BOOST_TEST(answer_to("NOOP\nNOOP").substr(0, 10) == "500 5.5.2 ");
  BOOST_TEST(answer_to("NOOP\rNOOP").substr(0, 10) == "500 5.5.2 ");
}

BOOST_AUTO_TEST_CASE(mail_wants_a_greeting_first_and_a_new_one_resets) {
  Server server;
  server.dialogue.expect_read("MAIL FROM:<a@b.test>\r\n")
      .expect_write(greeting + "503 5.5.1 EHLO or HELO first\r\n")
      .expect_read(envelope)
      .expect_write(ehlo_reply + ok + ok)
      .expect_read("EHLO c.test\r\nDATA\r\n")
      .expect_write(ehlo_reply + "503 5.5.1 MAIL first\r\n");
}

BOOST_AUTO_TEST_CASE(recipients_beyond_the_limit_are_temporarily_refused_without_end) {
  Server server({.size_max_bytes = 1000, .recipients_max = 3, .command_errors_max = 2});
  std::string commands = "EHLO c.test\r\nMAIL FROM:<>\r\n";
  std::string replies = greeting + ehlo_reply + ok;
  for (int i = 0; i < 10000; ++i) {
    commands += "RCPT TO:<c@d.test>\r\n";
    replies += i < 3 ? ok : "452 4.5.3 too many recipients\r\n";
  }
  server.dialogue.expect_read(commands).expect_write(replies).expect_open();
  BOOST_TEST(server.dialogue.largest_send() < 5000u);  // coalesced, but not without end
}

BOOST_AUTO_TEST_CASE(a_message_that_is_too_big_is_refused_after_its_end) {
  Server server({.size_max_bytes = 1000});
  server.dialogue.expect_read(envelope + "DATA\r\n").run();
  server.dialogue.written().clear();
  for (int i = 0; i < 100; ++i)
    server.dialogue.expect_read(std::string(998, 'x') + "\r\n").expect_open();
  server.dialogue.expect_read(".\r\n").expect_write(
      "552 5.3.4 message exceeds the maximum size\r\n");
  BOOST_TEST(server.messages.empty());
  server.dialogue.expect_read("RCPT TO:<c@d.test>\r\n").expect_write("503 5.5.1 MAIL first\r\n");
}

BOOST_AUTO_TEST_CASE(smuggled_commands_stay_in_the_message_which_is_refused) {
  for (const char* end : {"\n.\r\n", "\r.\r\n", "\r\n.\n", "\r\n.\r", "\n.\n", "\r\n\r.\r\n"}) {
    for (std::size_t step = 0; step < 8; ++step) {
      Server server;
      server.dialogue.expect_read(envelope + "DATA\r\n").run();
      server.dialogue.written().clear();
      server.dialogue.chop(step)
          .expect_read("x" + std::string(end) +
                       "MAIL FROM:<evil@b.test>\r\nRCPT TO:<c@d.test>\r\n" +
                       "DATA\r\nevil\r\n.\r\n")
          .expect_write("554 5.6.0 bare CR, bare LF or NUL in the message\r\n")
          .expect_open();
      BOOST_TEST(server.messages.empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(too_many_errors_close_the_connection) {
  Server server({.size_max_bytes = 1000, .command_errors_max = 2});
  server.dialogue.expect_read("A\r\nB\r\nNOOP\r\nC\r\nNOOP\r\n")
      .expect_write(greeting +
                    "500 5.5.2 command not recognised\r\n500 5.5.2 command not recognised\r\n" +
                    ok + "421 4.7.0 gw.test too many errors, closing\r\n")
      .expect_close();
}

BOOST_AUTO_TEST_CASE(starttls_drops_all_that_was_said_before) {
  Server server;
  server.dialogue.expect_read(envelope + "STARTTLS\r\n")
      .expect_write(greeting + ehlo_reply + ok + ok + "220 2.0.0 ready for TLS\r\n")
      .expect_read("DATA\r\nMAIL FROM:<a@b.test>\r\n")
      .expect_write("503 5.5.1 MAIL first\r\n503 5.5.1 EHLO or HELO first\r\n")
      .expect_read("EHLO c2.test\r\n")
      .expect_write(ehlo_reply_tls)
      .expect_read("STARTTLS\r\n")
      .expect_write("503 5.5.1 TLS is active already\r\n")
      .expect_read("MAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\nDATA\r\n")
      .expect_write(ok + ok + go_ahead)
      .expect_read("x\r\n.\r\n")
      .expect_write(ok);
  BOOST_TEST(server.handshakes == 1);
  BOOST_REQUIRE(server.messages.size() == 1u);
  BOOST_TEST(server.messages[0].helo == "c2.test");
  BOOST_TEST(server.messages[0].tls->bits == 128);
}

BOOST_AUTO_TEST_CASE(starttls_is_refused_where_it_does_not_belong) {
  BOOST_TEST(answer_to("STARTTLS now") == "501 5.5.4 no argument allowed\r\n");
  BOOST_TEST(answer_to("HELO c.test\r\nSTARTTLS") == "250 gw.test\r\n503 5.5.1 EHLO first\r\n");
  Server plain({.size_max_bytes = 1000}, false);
  plain.dialogue.expect_read("EHLO c.test\r\nSTARTTLS\r\n")
      .expect_write(greeting + ehlo_reply_tls + "502 5.5.1 STARTTLS is not offered\r\n");
}

BOOST_AUTO_TEST_CASE(commands_behind_starttls_are_dropped_with_the_connection) {
  for (const char* injected : {"RSET\r\n", "R", "\r\n", "\n"}) {
    Server server;
    server.dialogue.expect_read("EHLO c.test\r\nSTARTTLS\r\n" + std::string(injected))
        .expect_write(greeting + ehlo_reply +
                      "421 4.7.0 gw.test input behind STARTTLS, closing\r\n")
        .expect_close();
    BOOST_TEST(server.handshakes == 0);
  }
}

BOOST_AUTO_TEST_CASE(plaintext_handed_over_during_the_handshake_closes_without_a_word) {
  Server server;
  server.dialogue.expect_read("EHLO c.test\r\n").expect_write(greeting + ehlo_reply);
  server.session.receive("STARTTLS\r\n");
  BOOST_TEST((std::holds_alternative<ServerSession::Send>(server.session.next())));
  BOOST_TEST((std::holds_alternative<ServerSession::StartTls>(server.session.next())));
  server.session.receive("EHLO evil.test\r\n");
  server.session.tls_started({"TLSv1.3", "x", 128});
  BOOST_TEST((std::holds_alternative<ServerSession::Close>(server.session.next())));
}

BOOST_AUTO_TEST_CASE(shutting_down_during_the_handshake_says_nothing) {
  Server server;
  server.dialogue.expect_read("EHLO c.test\r\n").expect_write(greeting + ehlo_reply);
  server.session.receive("STARTTLS\r\n");
  BOOST_TEST((std::holds_alternative<ServerSession::Send>(server.session.next())));
  BOOST_TEST((std::holds_alternative<ServerSession::StartTls>(server.session.next())));
  server.session.shut_down(Reply(421, {4, 4, 2}, "gw.test timed out"));
  server.dialogue.expect_close();
}

BOOST_AUTO_TEST_CASE(shutting_down_says_421_and_drops_what_was_under_way) {
  Server server;
  server.dialogue.expect_read(envelope + "DATA\r\n").run();
  server.dialogue.written().clear();
  server.dialogue.expect_read("half a mess").expect_open();
  server.session.shut_down(Reply(421, {4, 4, 2}, "gw.test timed out"));
  server.dialogue.expect_write("421 4.4.2 gw.test timed out\r\n").expect_close();
  BOOST_TEST(server.messages.empty());
}

BOOST_AUTO_TEST_CASE(a_line_that_never_ends_is_refused_at_its_end) {
  Server server;
  server.dialogue.expect_write(greeting);
  for (int i = 0; i < 1000; ++i) server.dialogue.expect_read(std::string(1000, 'x')).expect_open();
  server.dialogue.expect_read("\r\nNOOP\r\n").expect_write("500 5.5.2 line too long\r\n" + ok);
}

}  // namespace sealgate::smtp
