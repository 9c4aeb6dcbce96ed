// What tshark makes of captures of real dialogues; without tshark these tests are skipped.
#include "sim/world/virtual/packet_capture.hpp"

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "fakes/mx/mx.hpp"
#include "fakes/people/sender.hpp"
#include "reference/host/io.hpp"
#include "sim/world/virtual/world.hpp"

namespace {

using namespace sealcheck;
using namespace std::chrono_literals;
namespace asio = boost::asio;

host::Address address(const char* text) {
  return asio::ip::make_address(text);
}

std::string output_of(const std::string& command) {
  FILE* pipe = ::popen((command + " 2>/dev/null").c_str(), "r");
  BOOST_REQUIRE(pipe);
  std::string output;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) output += static_cast<char>(c);
  BOOST_TEST(::pclose(pipe) == 0, command);
  return output;
}

boost::test_tools::assertion_result tshark_is_here(boost::unit_test::test_unit_id) {
  if (std::system("tshark --version >/dev/null 2>&1") == 0) return true;
  std::cout << "skipped: tshark is not installed\n";
  boost::test_tools::assertion_result no(false);
  no.message() << "tshark is not installed";
  return no;
}

const auto needs_tshark = boost::unit_test::precondition(tshark_is_here);

class CaptureFile {
 public:
  explicit CaptureFile(const std::string& bytes) {
    std::string pattern = std::filesystem::temp_directory_path() / "capture-XXXXXX";
    BOOST_REQUIRE(::mkdtemp(pattern.data()));
    folder_ = pattern;
    std::ofstream(file(), std::ios::binary) << bytes;
  }
  ~CaptureFile() { std::filesystem::remove_all(folder_); }

  /// One field of the frames that pass the filter, one line a frame.
  std::string field(const std::string& filter, const std::string& name) const {
    return output_of("tshark -r " + file() + " -Y '" + filter + "' -T fields -e " + name);
  }
  /// Numbers and texts of the frames in which tshark sees a malformation, a wrong checksum, an
  /// oddity of TCP, or anything else worth a warning.
  std::string complaints() const {
    return output_of("tshark -r " + file() +
                     " -o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE"
                     " -o udp.check_checksum:TRUE -Y '_ws.malformed || tcp.analysis.flags ||"
                     " _ws.expert.severity >= 0x00600000 || ip.checksum.status == 0 ||"
                     " tcp.checksum.status == 0 || udp.checksum.status == 0'"
                     " -T fields -e frame.number -e _ws.expert.message");
  }

 private:
  std::string file() const { return (folder_ / "run.pcapng").string(); }
  std::filesystem::path folder_;
};

struct Silent final : fakes::Observer {
  void observe(fakes::Observation) override {}
};

// Two hosts in both families. The capture is made when the world has come to rest.
struct Network {
  trace::Trace trace;
  world::World world{7, trace};
  world::VirtualHost& a;
  world::VirtualHost& b;

  explicit Network(bool v6 = false)
      : a(world.add_host("a.test", {address(v6 ? "2001:db8::1" : "192.0.2.1")})),
        b(world.add_host("b.test", {address(v6 ? "2001:db8::2" : "192.0.2.2")})) {}

  CaptureFile capture() {
    world.run(INT64_MAX, true);
    return CaptureFile(world::to_pcapng(trace.events(), world.tls_secrets(),
                                        world.wall_epoch().time_since_epoch().count()));
  }
};

asio::awaitable<void> deliver(fakes::Sender& sender, host::Endpoint to, fakes::Submission what,
                              fakes::SendResult& result) {
  result = co_await sender.send(to, std::move(what));
}

// One message through STARTTLS, as tshark shows it.
CaptureFile submit_over_tls(bool v6, fakes::TlsVersion version) {
  Network network(v6);
  Silent observer;
  fakes::MxConfig config;
  config.name = "b.test";
  config.domains = {"b.test"};
  config.addresses = {network.b.address()};
  fakes::Mx mx(network.b, observer, config);
  BOOST_REQUIRE(mx.start());
  fakes::Sender sender(network.a, observer, "alice");
  fakes::Submission what;
  what.helo = "a.test";
  what.from = "alice@a.test";
  what.recipients = {"bob@b.test"};
  what.content = "Subject: hello\r\n\r\n";
  while (what.content.size() < 200'000) what.content += "A line of a long message.\r\n";
  what.use_tls = fakes::UseTls::required;
  what.tls.version_max = version;
  fakes::SendResult result;
  auto work = deliver(sender, {network.b.address(), 25}, what, result);
  host::spawn(network.a, network.a.session_executor(), "alice", std::move(work));
  CaptureFile capture = network.capture();
  BOOST_CHECK(result.outcome == fakes::SendOutcome::accepted);
  mx.stop();
  network.world.end();
  return capture;
}

using Script = asio::awaitable<void> (*)(host::Host&, std::unique_ptr<host::Stream>);

asio::awaitable<void> serve(host::Host& host, host::Acceptor& acceptor, Script script) {
  for (;;) {
    auto accepted = co_await host::accept(acceptor);
    if (!accepted) co_return;
    auto stream = std::move(accepted).value();
    auto work = script(host, std::move(stream));
    host::spawn(host, host.session_executor(), "server", std::move(work));
  }
}

asio::awaitable<void> call(host::Host& host, host::Endpoint to, Script script) {
  const host::MonoTime deadline = host.mono_now() + 30s;
  auto connected = co_await host.connect(to, deadline);
  if (!connected) co_return;
  auto stream = std::move(connected).value();
  co_await script(host, std::move(stream));
}

asio::awaitable<void> read_to_the_end(host::Host& host, std::unique_ptr<host::Stream> stream) {
  std::string bytes;
  const host::MonoTime deadline = host.mono_now() + 60s;
  host::ErrorCode error;
  while (!error) error = co_await host::read_some(host, *stream, bytes, deadline);
}

asio::awaitable<void> send_much(host::Host& host, std::unique_ptr<host::Stream> stream) {
  const std::string bytes(300'000, 'x');
  const host::MonoTime deadline = host.mono_now() + 60s;
  co_await host::write_all(host, *stream, bytes, deadline);
}

asio::awaitable<void> half_close_and_read(host::Host& host, std::unique_ptr<host::Stream> stream) {
  stream->shutdown_send();
  co_await read_to_the_end(host, std::move(stream));
}

asio::awaitable<void> leave_at_once(host::Host&, std::unique_ptr<host::Stream>) {
  co_return;
}

asio::awaitable<void> reset_after_one_byte(host::Host& host, std::unique_ptr<host::Stream> stream) {
  const std::string byte = "x";
  const host::MonoTime deadline = host.mono_now() + 60s;
  co_await host::write_all(host, *stream, byte, deadline);
  stream->reset();
}

// A server of `server_script`, and three clients of `client_script` at once.
struct Conversations : Network {
  std::unique_ptr<host::Acceptor> acceptor;

  Conversations(bool v6, Script server_script, Script client_script) : Network(v6) {
    acceptor = b.listen({b.address(), 9}, b.session_executor()).value();
    auto server = serve(b, *acceptor, server_script);
    host::spawn(b, b.session_executor(), "server", std::move(server));
    for (int i = 0; i < 3; ++i) {
      auto client = call(a, {b.address(), 9}, client_script);
      host::spawn(a, a.session_executor(), "client", std::move(client));
    }
  }
  ~Conversations() { world.end(); }
};

}  // namespace

BOOST_AUTO_TEST_CASE(smtp_is_readable_before_and_after_starttls, *needs_tshark) {
  for (const bool v6 : {false, true})
    for (const auto version : {fakes::TlsVersion::tls1_2, fakes::TlsVersion::tls1_3}) {
      const CaptureFile capture = submit_over_tls(v6, version);
      BOOST_TEST(capture.field("smtp.req.command && !tls", "smtp.req.command") ==
                 "EHLO\nSTARTTLS\n");
      BOOST_TEST(capture.field("smtp.req.command && tls", "smtp.req.command") ==
                 "EHLO\nMAIL\nRCPT\nDATA\nQUIT\n");
      BOOST_TEST(capture.field("smtp.response.code && !tls", "smtp.response.code") ==
                 "220\n250\n220\n");
      BOOST_TEST(capture.field("smtp.response.code && tls", "smtp.response.code") ==
                 "250\n250\n250\n354\n250\n221\n");
      BOOST_TEST(capture.field("imf.subject", "imf.subject") == "hello\n");
      BOOST_TEST(capture.complaints() == "");
      BOOST_TEST(capture.field("frame.number == 1", "frame.time_epoch") ==
                 "1772442000.000000000\n");
    }
}

BOOST_AUTO_TEST_CASE(both_ends_of_a_connection_may_behave_as_they_like, *needs_tshark) {
  for (const bool v6 : {false, true})
    for (const auto& [server, client] : {std::pair<Script, Script>{read_to_the_end, send_much},
                                         {send_much, read_to_the_end},
                                         {send_much, half_close_and_read},
                                         {leave_at_once, leave_at_once},
                                         {half_close_and_read, half_close_and_read},
                                         {leave_at_once, read_to_the_end}}) {
      Conversations conversations(v6, server, client);
      const CaptureFile capture = conversations.capture();
      BOOST_TEST(capture.complaints() == "");
      // 1 SYN, 2 SYN/ACK, 4 ACK, 8 data, 16 FIN: every part of every connection is there.
      const std::string ends = capture.field("tcp.flags.fin == 1", "tcp.stream");
      BOOST_TEST(std::count(ends.begin(), ends.end(), '\n') == 6);
    }
}

BOOST_AUTO_TEST_CASE(of_a_reset_nothing_is_remarkable_but_the_reset, *needs_tshark) {
  for (const auto& [server, client] :
       {std::pair<Script, Script>{reset_after_one_byte, read_to_the_end},
        {leave_at_once, send_much},
        {send_much, leave_at_once}}) {
    Conversations conversations(false, server, client);
    const CaptureFile capture = conversations.capture();
    const std::string complaints = capture.complaints();
    BOOST_TEST(complaints != "");
    for (std::size_t begin = 0; begin < complaints.size();) {
      const std::size_t end = complaints.find('\n', begin);
      const std::string line = complaints.substr(begin, end - begin);
      BOOST_TEST(line.ends_with("Connection reset (RST)"), line);
      begin = end + 1;
    }
  }
}

BOOST_AUTO_TEST_CASE(refused_and_unanswered_connections_and_datagrams_are_there, *needs_tshark) {
  Network network;
  for (const char* to : {"192.0.2.2", "192.0.2.99"}) {
    auto work = call(network.a, {address(to), 25}, leave_at_once);
    host::spawn(network.a, network.a.session_executor(), "client", std::move(work));
  }
  auto socket = network.a.bind_datagram({address("192.0.2.1"), 5000}, network.a.session_executor());
  (*socket)->send({address("192.0.2.2"), 5001}, "odd");
  const CaptureFile capture = network.capture();
  BOOST_TEST(capture.field("tcp.flags.syn == 1", "ip.dst") == "192.0.2.2\n192.0.2.99\n");
  BOOST_TEST(capture.field("tcp.flags.reset == 1", "ip.src") == "192.0.2.2\n");
  BOOST_TEST(capture.field("udp", "udp.payload") == "6f6464\n");
  BOOST_TEST(capture.complaints().find("(RST)") != std::string::npos);
  BOOST_TEST(capture.field("tcp.flags.syn == 1", "ip.src") == "192.0.2.1\n192.0.2.1\n");
}
