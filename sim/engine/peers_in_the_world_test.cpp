// A sender, a mail exchanger and a name server in a simulated world: the coroutines of all three.
#include <boost/test/unit_test.hpp>

#include "fakes/dns/dns_server.hpp"
#include "fakes/mx/mx.hpp"
#include "fakes/people/raw_client.hpp"
#include "fakes/people/sender.hpp"
#include "reference/host/io.hpp"
#include "sim/world/virtual/world.hpp"

namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
namespace asio = boost::asio;
using fakes::Observation;
using fakes::SendOutcome;
using fakes::StartTlsBehaviour;
using fakes::UseTls;

host::Address address(const char* text) {
  return asio::ip::make_address(text);
}

struct Notebook final : fakes::Observer {
  void observe(Observation observation) override { all.push_back(std::move(observation)); }

  // The last one of that kind; an empty one if there is none.
  Observation last(std::string_view kind) const {
    for (auto it = all.rbegin(); it != all.rend(); ++it) {
      if (it->kind == kind) return *it;
    }
    return {};
  }

  std::vector<Observation> all;
};

fakes::MxConfig partner() {
  fakes::MxConfig config;
  config.name = "mx.partner.test";
  config.domains = {"partner.test"};
  config.addresses = {address("192.0.2.25")};
  return config;
}

fakes::MxConfig with_starttls(StartTlsBehaviour behaviour) {
  fakes::MxConfig config = partner();
  config.starttls.behaviour = behaviour;
  return config;
}

fakes::Submission submission(UseTls use_tls) {
  fakes::Submission result;
  result.helo = "pc.corp.test";
  result.from = "alice@corp.test";
  result.recipients = {"bob@partner.test"};
  result.content = "Message-ID: <1@corp.test>\r\nSubject: x\r\n\r\n.a\nb\r\n";
  result.use_tls = use_tls;
  return result;
}

struct Neighbours {
  sealcheck::trace::Trace trace;
  sealcheck::world::World world{7, trace};
  sealcheck::world::VirtualHost& pc = world.add_host("pc.corp.test", {address("192.0.2.1")});
  sealcheck::world::VirtualHost& mx_host =
      world.add_host("mx.partner.test", {address("192.0.2.25")});
  Notebook notebook;
  fakes::Mx mx{mx_host, notebook, partner()};
  fakes::Sender sender{pc, notebook, "alice"};
  fakes::SendResult result;
  bool returned = false;

  Neighbours() { BOOST_REQUIRE(mx.start()); }
  ~Neighbours() {
    mx.stop();
    settle();
  }

  static asio::awaitable<void> deliver(Neighbours& self, fakes::Submission what) {
    self.result = co_await self.sender.send({address("192.0.2.25"), 25}, std::move(what));
    self.returned = true;
  }

  void begin(fakes::Submission what) {
    returned = false;
    auto work = deliver(*this, std::move(what));
    host::spawn(pc, pc.session_executor(), "alice", std::move(work));
  }

  void settle() { world.run(INT64_MAX, true); }

  void send(fakes::Submission what) {
    begin(std::move(what));
    settle();
    BOOST_TEST(returned);
  }

  std::int64_t seconds() { return world.scheduler().now() / 1'000'000'000; }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_message_arrives_as_it_was_written, Neighbours) {
  send(submission(UseTls::never));
  BOOST_CHECK(result.outcome == SendOutcome::accepted);
  const Observation message = notebook.last("smtp.message");
  BOOST_TEST(message.field("content") == submission(UseTls::never).content);
  BOOST_TEST(message.field("tls") == "no");
  BOOST_TEST(notebook.last("smtp.closed").field("how") == "quit");
  BOOST_TEST(notebook.last("sender.done").field("result") == "accepted");
  BOOST_TEST(mx.open_connections() == 0u);
  BOOST_TEST(seconds() < 5);
}

BOOST_FIXTURE_TEST_CASE(a_message_arrives_over_tls, Neighbours) {
  for (int time = 1; time <= 2; ++time) {
    send(submission(UseTls::required));
    BOOST_CHECK(result.outcome == SendOutcome::accepted);
    const Observation message = notebook.last("smtp.message");
    BOOST_TEST(message.field("connection") == std::to_string(time));
    BOOST_TEST(message.field("tls") == "TLSv1.3");
    BOOST_TEST(message.field("content") == submission(UseTls::never).content);
    BOOST_TEST(notebook.last("smtp.closed").field("how") == "quit");
    BOOST_TEST(notebook.last("tls.established").field("version") == "TLSv1.3");
  }
}

BOOST_FIXTURE_TEST_CASE(a_big_message_passes_in_both_modes, Neighbours) {
  fakes::Submission big = submission(UseTls::never);
  big.pipelining = true;
  while (big.content.size() < 1'000'000) big.content += "..\r\n.line\r\n";
  for (const UseTls use_tls : {UseTls::never, UseTls::required}) {
    big.use_tls = use_tls;
    send(big);
    BOOST_CHECK(result.outcome == SendOutcome::accepted);
    BOOST_TEST((notebook.last("smtp.message").field("content") == big.content));
  }
}

BOOST_FIXTURE_TEST_CASE(a_handshake_that_gets_an_alert_names_it, Neighbours) {
  fakes::MxConfig config = with_starttls(StartTlsBehaviour::alert);
  config.starttls.alert = 71;
  mx.apply(config);
  send(submission(UseTls::required));
  BOOST_CHECK(result.outcome == SendOutcome::lost);
  BOOST_TEST(notebook.last("tls.failed").field("alert") == "insufficient_security");
  BOOST_TEST(notebook.last("tls.failed").actor == "alice");
  BOOST_TEST(notebook.last("smtp.closed").field("how") == "fault");
  BOOST_TEST(notebook.last("tls.client-hello").field("bytes") != "0");
  BOOST_TEST(seconds() < 5);
}

BOOST_FIXTURE_TEST_CASE(eof_reset_and_stall_each_end_the_handshake, Neighbours) {
  mx.apply(with_starttls(StartTlsBehaviour::eof));
  send(submission(UseTls::required));
  BOOST_CHECK(result.outcome == SendOutcome::lost);
  BOOST_TEST(notebook.last("tls.failed").field("reason") == "connection closed by the peer");
  BOOST_TEST(notebook.last("smtp.closed").field("how") == "fault");

  mx.apply(with_starttls(StartTlsBehaviour::reset));
  send(submission(UseTls::required));
  BOOST_CHECK(result.outcome == SendOutcome::lost);
  BOOST_TEST(notebook.last("tls.failed").field("reason") == "Connection reset by peer");
  BOOST_TEST(seconds() < 5);

  mx.apply(with_starttls(StartTlsBehaviour::stall));
  send(submission(UseTls::required));
  BOOST_CHECK(result.outcome == SendOutcome::lost);
  BOOST_TEST(notebook.last("tls.failed").field("reason") == "timed out");
  BOOST_TEST(notebook.last("tls.client-hello").actor == "mx.partner.test");
  BOOST_TEST(notebook.last("smtp.closed").field("how") == "eof");
  BOOST_TEST(seconds() >= 300);
  BOOST_TEST(notebook.last("smtp.message").kind == "");
}

BOOST_FIXTURE_TEST_CASE(open_connections_keep_their_phase_and_later_ones_see_the_new, Neighbours) {
  fakes::MxConfig slow = partner();
  slow.faults = {{fakes::Step::mail, {fakes::FaultAction::none, {}, {}, 10s}}};
  mx.apply(slow);
  begin(submission(UseTls::never));
  world.run(5'000'000'000, false);
  BOOST_TEST(mx.open_connections() == 1u);
  fakes::MxConfig closed = partner();
  closed.faults = {{fakes::Step::mail, {fakes::FaultAction::reply, {450, "", {"Later"}}}}};
  mx.apply(closed);
  settle();
  BOOST_CHECK(result.outcome == SendOutcome::accepted);
  send(submission(UseTls::never));
  BOOST_CHECK(result.outcome == SendOutcome::temporary);
  BOOST_TEST(result.code == 450);
}

BOOST_FIXTURE_TEST_CASE(connections_can_be_dropped_and_the_next_is_served, Neighbours) {
  fakes::MxConfig slow = partner();
  slow.faults = {{fakes::Step::mail, {fakes::FaultAction::stall}, 1}};
  mx.apply(slow);
  begin(submission(UseTls::never));
  world.run(5'000'000'000, false);
  mx.drop_connections();
  settle();
  BOOST_CHECK(result.outcome == SendOutcome::lost);
  BOOST_TEST(notebook.last("smtp.closed").field("how") == "dropped");
  BOOST_TEST(mx.open_connections() == 0u);
  BOOST_TEST(seconds() < 10);
  send(submission(UseTls::never));
  BOOST_CHECK(result.outcome == SendOutcome::accepted);
}

BOOST_FIXTURE_TEST_CASE(a_stopped_server_refuses, Neighbours) {
  mx.stop();
  send(submission(UseTls::never));
  BOOST_CHECK(result.outcome == SendOutcome::lost);
  BOOST_TEST(result.text == "Connection refused");
}

namespace {

asio::awaitable<void> say_nothing(host::Host& host, std::string& heard) {
  const host::Endpoint server{address("192.0.2.25"), 25};
  const host::MonoTime deadline = host.mono_now() + 1h;
  auto connected = co_await host.connect(server, deadline);
  std::unique_ptr<host::Stream> stream = std::move(connected).value();
  host::ErrorCode error;
  while (!error) error = co_await host::read_some(host, *stream, heard, deadline);
}

asio::awaitable<void> look_up(host::Host& host, host::Result<host::Datagram>& answer) {
  // A query for the A record of mx.partner.test, by hand (RFC 1035 section 4.1).
  const std::string query(
      "\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00"
      "\x02mx\x07partner\x04test\x00\x00\x01\x00\x01",
      33);
  auto socket = host.bind_datagram({address("192.0.2.1"), 0}, host.session_executor());
  (*socket)->send({address("192.0.2.25"), 53}, query);
  const host::MonoTime deadline = host.mono_now() + 5s;
  answer = co_await host::receive(host, **socket, deadline);
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_silent_client_is_sent_away_after_five_minutes, Neighbours) {
  std::string heard;
  auto work = say_nothing(pc, heard);
  host::spawn(pc, pc.session_executor(), "client", std::move(work));
  settle();
  BOOST_TEST(heard == "220 mx.partner.test ESMTP\r\n421 4.4.2 Idle for too long\r\n");
  BOOST_TEST(notebook.last("smtp.closed").field("how") == "timed-out");
  BOOST_TEST(seconds() == 300);
}

BOOST_FIXTURE_TEST_CASE(the_name_server_answers_over_udp_until_told_otherwise, Neighbours) {
  fakes::DnsConfig config{"dns", {address("192.0.2.25")}};
  config.zones.zones = {{"partner.test", {{"mx.partner.test", "A", 60, "192.0.2.25"}}}};
  fakes::DnsServer server(mx_host, notebook, config);
  BOOST_REQUIRE(server.start());
  const auto ask = [this] {
    host::Result<host::Datagram> answer = host::Datagram{};
    auto work = look_up(pc, answer);
    host::spawn(pc, pc.session_executor(), "client", std::move(work));
    settle();
    return answer;
  };
  auto answer = ask();
  BOOST_REQUIRE(answer);
  BOOST_TEST(answer->payload.ends_with("\xc0\x00\x02\x19"s));
  BOOST_TEST(notebook.last("dns.query").field("answer") == "192.0.2.25");

  config.zones.faults = {{"*", "", fakes::DnsFaultKind::timeout}};
  server.apply(config.zones);
  answer = ask();
  BOOST_TEST(answer.error() == host::ErrorCode(host::Error::timed_out));
  BOOST_TEST(notebook.last("dns.query").field("answer") == "none");
  server.stop();
  settle();
}

namespace {

namespace raw = fakes::raw_step;

asio::awaitable<void> play(fakes::RawClient& client, fakes::RawConversation what,
                           fakes::RawResult& result) {
  const host::Endpoint server{address("192.0.2.25"), 25};
  result = co_await client.play(server, std::move(what));
}

struct RawNeighbours : Neighbours {
  fakes::RawClient client{pc, notebook, "mallory"};

  fakes::RawResult say(std::vector<fakes::RawStep> steps) {
    fakes::RawResult heard;
    fakes::RawConversation conversation;
    conversation.steps = std::move(steps);
    auto work = play(client, std::move(conversation), heard);
    host::spawn(pc, pc.session_executor(), "mallory", std::move(work));
    settle();
    return heard;
  }
};

asio::awaitable<void> look_up_over_tcp(host::Host& host, std::string& answer) {
  // Two queries for the A record of mx.partner.test in one connection, the second in pieces.
  const std::string query(
      "\x00\x21\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00"
      "\x02mx\x07partner\x04test\x00\x00\x01\x00\x01",
      35);
  const host::MonoTime deadline = host.mono_now() + 5s;
  const host::Endpoint server{address("192.0.2.25"), 53};
  auto connected = co_await host.connect(server, deadline);
  std::unique_ptr<host::Stream> stream = std::move(connected).value();
  const std::string first = query + query.substr(0, 5);
  const std::string second = query.substr(5);
  co_await host::write_all(host, *stream, first, deadline);
  co_await host::read_some(host, *stream, answer, deadline);
  co_await host::write_all(host, *stream, second, deadline);
  co_await host::read_some(host, *stream, answer, deadline);
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_raw_client_says_what_it_is_told_and_hears_what_comes, RawNeighbours) {
  std::vector<fakes::RawStep> steps{raw::Expect{220},
                                    raw::Send{"EHLO x\r\n"},
                                    raw::Expect{250},
                                    raw::Send{"STARTTLS\r\n"},
                                    raw::Expect{2},
                                    raw::StartTls{},
                                    raw::Send{"EHLO x\r\nMAIL FROM:<>\r\n"},
                                    raw::Expect{250, 2}};
  // In portions: who only writes fills both windows, and nothing moves any more.
  for (int portion = 0; portion < 20; ++portion) {
    steps.push_back(raw::Send{"RCPT TO:<r{n}@partner.test>\r\n", 500});
    steps.push_back(raw::Expect{250, 500});
  }
  for (fakes::RawStep step :
       std::vector<fakes::RawStep>{raw::Send{"RCPT TO:<last@partner.test>\r\n"}, raw::Expect{452},
                                   raw::Send{"QUIT\r\n"}, raw::Expect{221}, raw::ExpectClosed{}})
    steps.push_back(std::move(step));
  const auto heard = say(std::move(steps));
  BOOST_TEST(heard.as_expected, heard.step << ": " << heard.seen);
  BOOST_TEST(notebook.last("raw.done").field("result") == "as-expected");
  BOOST_TEST(notebook.last("smtp.rcpt").field("path") == "last@partner.test");
  BOOST_TEST(mx.open_connections() == 0u);
}

BOOST_FIXTURE_TEST_CASE(a_raw_client_stops_at_what_it_did_not_expect, RawNeighbours) {
  const auto heard = say({raw::Expect{220}, raw::Send{"MAIL\r\n"}, raw::Expect{250}});
  BOOST_TEST(!heard.as_expected);
  BOOST_TEST(heard.step == 2u);
  BOOST_TEST(heard.seen.starts_with("503"));
  const auto slow = say({raw::Send{"NOOP\r\n", 1, 10s}, raw::ExpectClosed{1min}});
  BOOST_TEST(slow.seen == "still open");
  BOOST_TEST(slow.replies.size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(peers_that_flood_read_slowly_or_not_at_all_come_to_an_end, RawNeighbours) {
  fakes::MxConfig config = partner();
  config.faults = {{fakes::Step::noop, {fakes::FaultAction::flood, {}, "250-more\r\n"}},
                   {fakes::Step::rset, {fakes::FaultAction::deaf}}};
  mx.apply(config);
  say({raw::Send{"NOOP\r\n"}, raw::Wait{1min}});
  BOOST_TEST(mx.open_connections() == 0u);
  say({raw::Send{"RSET\r\n"}, raw::Wait{1min}, raw::Reset{}});
  BOOST_TEST(seconds() < 1'000);  // deafness keeps no world busy
  mx.drop_connections();
  settle();
  BOOST_TEST(mx.open_connections() == 0u);
  config.faults.clear();
  config.read_pace = {100, 1s};
  mx.apply(config);
  const std::int64_t before = seconds();
  send(submission(UseTls::never));
  BOOST_CHECK(result.outcome == SendOutcome::accepted);
  BOOST_TEST(seconds() - before >= 5);
}

BOOST_FIXTURE_TEST_CASE(the_name_server_answers_over_tcp_too, Neighbours) {
  fakes::DnsConfig config{"dns", {address("192.0.2.25")}};
  config.zones.zones = {{"partner.test", {{"mx.partner.test", "A", 60, "192.0.2.25"}}}};
  config.zones.faults = {{"*", "", fakes::DnsFaultKind::truncated}};
  fakes::DnsServer server(mx_host, notebook, config);
  BOOST_REQUIRE(server.start());
  std::string answer;
  auto work = look_up_over_tcp(pc, answer);
  host::spawn(pc, pc.session_executor(), "client", std::move(work));
  settle();
  BOOST_TEST(answer.size() > 100u);
  BOOST_TEST(answer.ends_with("\xc0\x00\x02\x19"s));
  BOOST_TEST(notebook.last("dns.query").field("transport") == "tcp");
  server.serve_tcp(false);
  std::string nothing;
  auto refused = look_up_over_tcp(pc, nothing);
  host::spawn(pc, pc.session_executor(), "client", std::move(refused));
  settle();
  BOOST_TEST(nothing == "");
  server.stop();
  settle();
}
