// The server's session when the client stops, lies or overdoes it: at every step of a dialogue, and
// in amounts that no memory would hold.
#include <boost/test/unit_test.hpp>

#include "reference/smtp/server_session.hpp"

namespace sealgate::smtp {
namespace {

const std::vector<std::string> good_steps = {"EHLO c.test\r\n",
                                             "STARTTLS\r\n",
                                             "EHLO c.test\r\n",
                                             "MAIL FROM:<a@b.test> SIZE=20\r\n",
                                             "RCPT TO:<c@d.test>\r\n",
                                             "DATA\r\n",
                                             "Subject: x\r\n\r\ny\r\n.\r\n",
                                             "QUIT\r\n"};

/// Says yes to everything and counts what it was handed.
struct Caller {
  explicit Caller(ServerSession::Config config) : session(std::move(config)) { run(); }

  void say(std::string_view bytes) {
    session.receive(bytes);
    run();
  }

  void run() {
    while (!closed) {
      auto action = session.next();
      if (std::holds_alternative<ServerSession::NeedInput>(action)) return;
      if (auto* send = std::get_if<ServerSession::Send>(&action)) {
        largest_send = std::max(largest_send, send->bytes.size());
        said += send->bytes;
      } else if (std::holds_alternative<ServerSession::Close>(action)) {
        closed = true;
      } else if (std::holds_alternative<ServerSession::StartTls>(action)) {
        session.tls_started({"TLSv1.3", "x", 128});
      } else {
        if (auto* accept = std::get_if<ServerSession::AcceptMessage>(&action)) {
          messages.push_back(std::move(accept->transaction));
        }
        session.answer(Reply(250, {2, 0, 0}, "ok"));
      }
    }
  }

  /// The code of the last reply.
  std::string last() const {
    const std::size_t end = said.size() < 2 ? said.npos : said.rfind("\r\n", said.size() - 3);
    return said.substr(end == said.npos ? 0 : end + 2, 3);
  }

  ServerSession session;
  std::string said;
  std::size_t largest_send = 0;
  bool closed = false;
  std::vector<Transaction> messages;
};

ServerSession::Config config() {
  return {.hostname = "gw.test", .limits = {.size_max_bytes = 1000}, .offer_starttls = true};
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_time_out_at_any_step_says_421_closes_and_takes_nothing) {
  std::string dialogue;
  for (const auto& step : good_steps) dialogue += step;
  const std::size_t message_end = dialogue.find("QUIT");
  const std::size_t starttls_end = dialogue.find("STARTTLS\r\n") + 10;
  for (std::size_t cut = 0; cut < dialogue.size(); ++cut) {
    Caller caller(config());
    // What follows STARTTLS must wait for the handshake.
    caller.say(dialogue.substr(0, std::min(cut, starttls_end)));
    if (cut > starttls_end) caller.say(dialogue.substr(starttls_end, cut - starttls_end));
    BOOST_TEST(!caller.closed, cut);
    caller.session.shut_down(Reply(421, {4, 4, 2}, "timeout"));
    caller.run();
    BOOST_TEST(caller.closed, cut);
    BOOST_TEST(caller.last() == "421", cut);
    BOOST_TEST(caller.messages.size() == (cut >= message_end ? 1u : 0u), cut);
  }
}

BOOST_AUTO_TEST_CASE(required_tls_is_asked_for_before_anything_else) {
  auto strict = config();
  strict.require_tls = true;
  for (const char* command : {"HELO c.test", "MAIL FROM:<a@b.test>", "RCPT TO:<c@d.test>", "DATA",
                              "RSET", "VRFY a", "HELP", "what"}) {
    Caller caller(strict);
    caller.say("EHLO c.test\r\n" + std::string(command) + "\r\n");
    BOOST_TEST(caller.last() == "530", command);
  }
  Caller caller(strict);
  caller.say("NOOP\r\nEHLO c.test\r\n");
  BOOST_TEST(caller.said.find("530") == std::string::npos);
  caller.say(good_steps[1]);
  for (std::size_t i = 2; i < good_steps.size(); ++i) caller.say(good_steps[i]);
  BOOST_TEST(caller.messages.size() == 1u);
  BOOST_TEST(caller.said.find("530") == std::string::npos);
  BOOST_TEST(caller.last() == "221");
}

BOOST_AUTO_TEST_CASE(ten_thousand_recipients_are_a_thousand_and_the_rest_come_later) {
  Caller caller(config());
  caller.say("EHLO c.test\r\nMAIL FROM:<a@b.test>\r\n");
  std::size_t refused = 0;
  for (int i = 0; i < 10'000; ++i) {
    caller.say("RCPT TO:<r" + std::to_string(i) + "@d.test>\r\n");
    if (caller.last() == "452") ++refused;
  }
  BOOST_TEST(refused == 9000u);
  caller.say("DATA\r\n.\r\n");
  BOOST_REQUIRE(caller.messages.size() == 1u);
  BOOST_TEST(caller.messages[0].recipients.size() == 1000u);
  BOOST_TEST(!caller.closed);
}

BOOST_AUTO_TEST_CASE(a_size_that_lies_is_found_out_when_the_limit_is_passed) {
  for (const std::size_t octets : {999u, 1001u, 5'000'000u}) {
    Caller caller(config());
    caller.say("EHLO c.test\r\nMAIL FROM:<a@b.test> SIZE=1\r\nRCPT TO:<c@d.test>\r\nDATA\r\n");
    caller.say(std::string(octets - 2, 'x') + "\r\n.\r\n");
    BOOST_TEST(caller.last() == (octets > 1000 ? "552" : "250"));
    BOOST_TEST(caller.messages.size() == (octets > 1000 ? 0u : 1u));
  }
  Caller caller(config());
  caller.say("EHLO c.test\r\nMAIL FROM:<a@b.test> SIZE=1001\r\n");
  BOOST_TEST(caller.last() == "552");
}

BOOST_AUTO_TEST_CASE(commands_behind_data_are_content_until_the_final_dot) {
  Caller caller(config());
  caller.say("EHLO c.test\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\nDATA\r\n");
  caller.say("RSET\r\nQUIT\r\nMAIL FROM:<e@f.test>\r\nDATA\r\n.\r\nNOOP\r\n");
  BOOST_REQUIRE(caller.messages.size() == 1u);
  BOOST_TEST(caller.messages[0].content == "RSET\r\nQUIT\r\nMAIL FROM:<e@f.test>\r\nDATA\r\n");
  BOOST_TEST(caller.last() == "250");
  BOOST_TEST(!caller.closed);
}

BOOST_AUTO_TEST_CASE(a_nul_refuses_a_command_and_a_message_as_a_whole) {
  Caller caller(config());
  caller.say(std::string_view("EHLO c.test\r\nNOOP \0\r\n", 21));
  BOOST_TEST(caller.last() == "500");
  caller.say("MAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\nDATA\r\n");
  caller.say(std::string_view("a\0b\r\n.\r\n", 8));
  BOOST_TEST(caller.last() == "554");
  BOOST_TEST(caller.messages.empty());
}

BOOST_AUTO_TEST_CASE(replies_to_a_client_that_only_writes_are_handed_over_in_pieces) {
  Caller caller(config());
  std::string noops;
  for (int i = 0; i < 20'000; ++i) noops += "NOOP\r\n";
  caller.say(noops);
  BOOST_TEST(caller.largest_send < 5000u);
}

}  // namespace sealgate::smtp
