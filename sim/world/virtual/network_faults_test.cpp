// What goes wrong within a connection: resets, stalls, dead machines, and somebody on the path.
#include "sim/world/virtual/network_fixture.hpp"

using namespace sealcheck;
using namespace sealcheck::world;
using namespace std::chrono_literals;

namespace {

const host::ErrorCode reset_error = boost::asio::error::connection_reset;
const host::ErrorCode timed_out = make_error_code(host::Error::timed_out);

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_reset_at_a_byte_lets_what_precedes_it_be_read, TwoEnds) {
  LinkParameters link;
  link.reset_at = 2000;
  from_a(link);
  connect();
  Heard at_server;
  Heard at_client;
  read(a, *at_a, at_client);
  host::ErrorCode error;
  write(a, *at_a, pattern(5000), error);
  run_for(1s);
  // Read only after the reset: the data is there first.
  read(b, *at_b, at_server);
  run_for(1s);
  BOOST_TEST((at_server.bytes == pattern(2000)));
  BOOST_TEST(at_server.end == reset_error);
  BOOST_TEST(at_client.end == reset_error);
  BOOST_REQUIRE_EQUAL(events("path.reset").size(), 1u);
  const trace::Event event = events("path.reset").front();
  BOOST_TEST(event.actor == "path");
  BOOST_TEST(event.number("offset") == 2000);
  BOOST_TEST(event.field("sender") == "a.test");
  BOOST_TEST(event.field("connection") == events("tcp.open").front().field("connection"));
}

BOOST_FIXTURE_TEST_CASE(a_stall_keeps_back_everything_until_the_path_changes, TwoEnds) {
  LinkParameters link;
  link.stall_at = 2000;
  from_a(link);
  connect();
  Heard heard;
  read(b, *at_b, heard);
  host::ErrorCode error;
  write(a, *at_a, pattern(5000), error);
  run_for(1s);
  at_a->shutdown_send();
  run_for(1min);
  BOOST_TEST((heard.bytes == pattern(2000)));
  BOOST_TEST(!heard.end);
  BOOST_TEST(events("path.stalled").size() == 1u);
  from_a({});
  run_for(1min);
  BOOST_TEST((heard.bytes == pattern(5000)));
  BOOST_TEST(heard.end == make_error_code(host::Error::end_of_stream));
}

BOOST_FIXTURE_TEST_CASE(a_stalled_sender_fills_its_window_and_waits, TwoEnds) {
  LinkParameters link;
  link.stall_at = 0;
  link.window_bytes = 3000;
  from_a(link);
  connect();
  host::ErrorCode error;
  write(a, *at_a, pattern(5000), error, 5s);
  run_for(10s);
  BOOST_TEST(error == timed_out);
}

BOOST_FIXTURE_TEST_CASE(an_open_connection_falls_silent_when_the_path_begins_to_swallow, TwoEnds) {
  connect();
  Heard heard;
  read(b, *at_b, heard);
  host::ErrorCode error;
  write(a, *at_a, "before ", error);
  run_for(1s);
  LinkParameters link;
  link.swallows = true;
  both_ways(link);
  write(a, *at_a, "during ", error);
  run_for(1min);
  write(a, *at_a, "and after", error);
  run_for(1min);
  BOOST_TEST(heard.bytes == "before ");
  BOOST_TEST(events("path.swallowed").size() == 1u);
  both_ways({});
  run_for(1s);
  BOOST_TEST(heard.bytes == "before during and after");
}

BOOST_FIXTURE_TEST_CASE(a_reset_that_is_swallowed_leaves_the_other_side_waiting, TwoEnds) {
  connect();
  Heard heard;
  read(b, *at_b, heard, 30s);
  LinkParameters link;
  link.swallows = true;
  both_ways(link);
  at_a->reset();
  run_for(10s);
  BOOST_TEST(!heard.end);
  run_for(30s);
  BOOST_TEST(heard.end == timed_out);
}

BOOST_FIXTURE_TEST_CASE(a_half_closed_connection_still_carries_the_other_direction, TwoEnds) {
  connect();
  Heard at_server;
  Heard at_client;
  read(b, *at_b, at_server);
  read(a, *at_a, at_client);
  host::ErrorCode error;
  write(a, *at_a, "question", error);
  run_for(1s);
  at_a->shutdown_send();
  run_for(1s);
  BOOST_TEST(at_server.bytes == "question");
  BOOST_TEST(at_server.end == make_error_code(host::Error::end_of_stream));
  BOOST_TEST(!at_client.end);
  write(b, *at_b, "answer", error);
  run_for(1s);
  BOOST_TEST(!error);
  BOOST_TEST(at_client.bytes == "answer");
  write(a, *at_a, "too late", error);
  run_for(1s);
  BOOST_TEST(error == host::ErrorCode(boost::asio::error::broken_pipe));
}

BOOST_FIXTURE_TEST_CASE(a_restarted_machine_resets_the_connections_that_it_has_forgotten, TwoEnds) {
  connect();
  Heard heard;
  read(a, *at_a, heard);
  b.lose_power();
  run_for(1s);
  host::ErrorCode error;
  write(a, *at_a, "into the void", error);
  run_for(1min);
  BOOST_TEST(!heard.end);  // half-open: nobody there to say so
  at_b.reset();
  b.restart();
  run_for(1s);
  BOOST_TEST(!heard.end);
  write(a, *at_a, "are you there?", error);
  run_for(1s);
  BOOST_TEST(heard.end == reset_error);
  BOOST_TEST(events("tcp.reset").back().actor == "b.test");
}

BOOST_FIXTURE_TEST_CASE(an_end_of_stream_to_a_restarted_machine_is_answered_with_a_reset, TwoEnds) {
  connect();
  Heard heard;
  read(a, *at_a, heard);
  b.lose_power();
  run_for(1s);
  at_b.reset();
  b.restart();
  at_a->shutdown_send();
  run_for(1s);
  BOOST_TEST(heard.end == reset_error);
}

BOOST_FIXTURE_TEST_CASE(a_server_whose_client_has_given_up_gets_a_reset, TwoEnds) {
  LinkParameters slow;
  slow.latency = 20s;
  both_ways(slow);  // the answer comes after 40 s, the client waits 30 s
  connect();
  BOOST_TEST(connect_error == timed_out);
  run_for(1min);
  BOOST_REQUIRE(at_b);
  Heard heard;
  read(b, *at_b, heard, 10s);
  run_for(1s);
  BOOST_TEST(heard.end == reset_error);
}

BOOST_FIXTURE_TEST_CASE(what_arrives_is_recorded_beside_what_was_sent, TwoEnds) {
  LinkParameters link;
  link.party.flips = {2};
  link.party.injections = {{"NOOP\r\n", {}, "go\r\n"}};
  from_a(link);
  host::ErrorCode error;
  const Heard heard = transfer("220 go\r\n", error);
  BOOST_TEST(heard.bytes == "221 go\r\nNOOP\r\n");
  BOOST_TEST(heard.reads.size() == 1u);  // the plain text arrives with the reply
  BOOST_TEST(events("tcp.data").front().payload == "220 go\r\n");
  BOOST_REQUIRE_EQUAL(events("path.altered").size(), 1u);
  BOOST_TEST(events("path.altered").front().payload == heard.bytes);
  BOOST_TEST(events("path.altered").front().number("offset") == 0);
  BOOST_TEST(events("path.flipped").front().payload == "1");
  BOOST_TEST(events("path.injected").front().number("offset") == 8);
}

BOOST_FIXTURE_TEST_CASE(a_kept_back_reply_goes_on_at_the_end_of_the_stream, TwoEnds) {
  LinkParameters link;
  link.party.strips_starttls = true;
  from_a(link);
  host::ErrorCode error;
  const Heard heard = transfer("250-one\r\n250-STARTTLS\r\n", error);
  BOOST_TEST(heard.bytes == "250-one\r\n250-STARTTLS\r\n");
  BOOST_TEST(heard.end == make_error_code(host::Error::end_of_stream));
}
