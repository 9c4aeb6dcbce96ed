// Clients that keep no rule, against the gateway in a simulated world: it stays within its memory,
// says what the RFC says, closes where it may, and never makes two messages of one.
#include "sim/adapters/sealgate/raw_client.hpp"

namespace {

using namespace sealcheck;
using namespace sealcheck::test;

const std::string envelope =
    "EHLO bad.test\r\nMAIL FROM:<eve@elsewhere.test>\r\nRCPT TO:<alice@corp.test>\r\n";

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_command_that_trickles_in_has_five_minutes, Lab) {
  start();
  RawClient client(*this, outside);
  for (int minute = 0; minute < 4; ++minute) {
    client.say("N");
    client.wait(1min);
  }
  BOOST_TEST(!client.closed);
  client.say("N");
  client.wait(2min);
  BOOST_TEST(client.replies("421 4.4.2") == 1);
  BOOST_TEST(client.closed);
}

BOOST_FIXTURE_TEST_CASE(a_message_that_trickles_in_has_an_hour, Lab) {
  start();
  RawClient client(*this, outside);
  client.say(envelope + "DATA\r\n");
  client.wait(1s);
  BOOST_TEST(client.replies("354") == 1);
  for (int i = 0; i < 14; ++i) {
    client.say("x");
    client.wait(4min);
  }
  BOOST_TEST(!client.closed);
  client.say("x");
  client.wait(5min);
  BOOST_TEST(client.replies("421 4.4.2") == 1);
  BOOST_TEST(client.closed);
  BOOST_TEST(entries().empty());
}

BOOST_FIXTURE_TEST_CASE(a_client_that_never_reads_is_dropped_and_fills_no_memory, Lab) {
  start();
  RawClient client(*this, outside, false);
  std::string noops;
  for (int i = 0; i < 200'000; ++i) noops += "NOOP\r\n";
  client.say(noops);
  client.wait(1min);
  BOOST_TEST(!client.refused);
  // Its own window closes first; the gateway does not read on while a reply is owed.
  BOOST_TEST(sent_by_gateway_to("elsewhere.test").size() < 200'000u);
  client.wait(10min);
  BOOST_TEST(client.refused);
}

BOOST_FIXTURE_TEST_CASE(no_end_but_the_right_one_ends_a_message, Lab) {
  start();
  const std::string ends[] = {
      "\n.\n", "\n.\r\n", "\r.\r", "\r.\r\n", "\r\n.\n", "\r\n.\r", std::string("\r\n\0.\r\n", 6)};
  for (const auto& end : ends) {
    RawClient client(*this, outside);
    client.say(
        envelope + "DATA\r\nSubject: x\r\n\r\none" + end +
        "MAIL FROM:<eve@elsewhere.test>\r\nRCPT TO:<alice@corp.test>\r\nDATA\r\ntwo\r\n.\r\n");
    client.wait(10s);
    BOOST_TEST(client.replies("354") == 1);
    BOOST_TEST(client.replies("554") == 1);
    BOOST_TEST(!client.closed);
    BOOST_TEST(seen("mx.other.test", "smtp.message").empty());
  }
}

BOOST_FIXTURE_TEST_CASE(what_stands_behind_starttls_is_never_executed, Lab) {
  start();
  RawClient client(*this, outside);
  client.say("EHLO bad.test\r\nSTARTTLS\r\n" + envelope + "DATA\r\nx\r\n.\r\n");
  client.wait(10s);
  BOOST_TEST(client.replies("421") == 1);
  BOOST_TEST(client.replies("354") == 0);
  BOOST_TEST(client.closed);
  BOOST_TEST(entries().empty());
}

BOOST_FIXTURE_TEST_CASE(a_header_without_end_is_refused_and_so_is_the_ten_thousandth_recipient,
                        Lab) {
  start();
  RawClient client(*this, outside);
  std::string said = envelope;
  for (int i = 1; i < 10'000; ++i) said += "RCPT TO:<r" + std::to_string(i) + "@corp.test>\r\n";
  said += "DATA\r\n";
  for (int i = 0; i < 50'000; ++i) said += "X-" + std::to_string(i) + ": y\r\n";
  client.say(said + "\r\nx\r\n.\r\n");
  client.wait(10s);
  BOOST_TEST(client.replies("452 4.5.3") == 9000);
  BOOST_TEST(client.replies("554 5.6.0") == 1);
  BOOST_TEST(entries().empty());
}

BOOST_FIXTURE_TEST_CASE(one_session_too_many_is_told_to_come_back_later, Lab) {
  start();
  std::deque<RawClient> clients;
  for (int i = 0; i < 1000; ++i) clients.emplace_back(*this, outside);
  clients.back().wait(1s);
  BOOST_TEST(clients.back().replies("220") == 1);
  {
    RawClient one_too_many(*this, outside);
    one_too_many.wait(1s);
    BOOST_TEST(one_too_many.replies("421 4.3.2") == 1);
    BOOST_TEST(one_too_many.closed);
  }
  clients.front().say("QUIT\r\n");
  clients.front().wait(1s);
  RawClient next(*this, outside);
  next.wait(1s);
  BOOST_TEST(next.replies("220") == 1);
}
