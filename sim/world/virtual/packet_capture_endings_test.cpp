// Connections that end in every way, as tshark shows them.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <memory>
#include <utility>

#include "reference/host/io.hpp"
#include "sim/world/virtual/packet_capture_tshark.hpp"

namespace {

using namespace sealcheck::world::capture;
using namespace std::chrono_literals;
namespace asio = boost::asio;

host::Address address(const char* text) {
  return asio::ip::make_address(text);
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

using Pairs = std::vector<std::pair<Script, Script>>;  // server, client

// A server for each pair, and three of its clients, all at once.
struct Conversations : TwoHosts {
  std::vector<std::unique_ptr<host::Acceptor>> acceptors;

  Conversations(bool v6, const Pairs& pairs) : TwoHosts(v6) {
    std::uint16_t port = 9000;
    for (const auto& [server_script, client_script] : pairs) {
      const host::Endpoint place{b.address(), port++};
      acceptors.push_back(b.listen(place, b.session_executor()).value());
      auto server = serve(b, *acceptors.back(), server_script);
      host::spawn(b, b.session_executor(), "server", std::move(server));
      for (int i = 0; i < 3; ++i) {
        auto client = call(a, place, client_script);
        host::spawn(a, a.session_executor(), "client", std::move(client));
      }
    }
  }
  ~Conversations() { world.end(); }
};

}  // namespace

BOOST_AUTO_TEST_CASE(both_ends_of_a_connection_may_behave_as_they_like, *needs_tshark) {
  const Pairs pairs{{read_to_the_end, send_much},
                    {send_much, read_to_the_end},
                    {send_much, half_close_and_read},
                    {leave_at_once, leave_at_once},
                    {half_close_and_read, half_close_and_read},
                    {leave_at_once, read_to_the_end}};
  for (const bool v6 : {false, true}) {
    Conversations conversations(v6, pairs);
    const CaptureFile capture(conversations.capture());
    BOOST_TEST(capture.complaints() == "");
    const std::string ends =
        capture.fields("tcp.flags.fin == 1 || tcp.flags.syn == 1", {"tcp.stream"});
    BOOST_TEST(std::count(ends.begin(), ends.end(), '\n') == 6 * 3 * 4);
    BOOST_TEST(capture.fields("tcp.flags.reset == 1", {"frame.number"}) == "");
  }
}

BOOST_AUTO_TEST_CASE(of_a_reset_nothing_is_remarkable_but_the_reset, *needs_tshark) {
  const Pairs pairs{{reset_after_one_byte, read_to_the_end},
                    {leave_at_once, send_much},
                    {send_much, leave_at_once}};
  Conversations conversations(false, pairs);
  const CaptureFile capture(conversations.capture());
  BOOST_TEST(capture.complaints() == "");
  for (const char* port : {"9000", "9001", "9002"})
    BOOST_TEST(capture.fields(std::string("tcp.flags.reset == 1 && tcp.port == ") + port,
                              {"frame.number"}) != "");
}

BOOST_AUTO_TEST_CASE(refused_and_unanswered_connections_and_datagrams_are_there, *needs_tshark) {
  TwoHosts network;
  for (const char* to : {"192.0.2.2", "192.0.2.99"}) {
    auto work = call(network.a, {address(to), 25}, leave_at_once);
    host::spawn(network.a, network.a.session_executor(), "client", std::move(work));
  }
  auto socket =
      network.a.bind_datagram({address("192.0.2.1"), 45000}, network.a.session_executor());
  (*socket)->send({address("192.0.2.2"), 45001}, "odd");
  const CaptureFile capture(network.capture());
  BOOST_TEST(capture.fields("tcp", {"ip.src", "ip.dst", "tcp.flags"}) ==
             "192.0.2.1\t192.0.2.2\t0x0002\n"
             "192.0.2.2\t192.0.2.1\t0x0014\n"
             "192.0.2.1\t192.0.2.99\t0x0002\n");
  BOOST_TEST(capture.fields("udp", {"udp.payload"}) == "6f6464\n");
  BOOST_TEST(capture.complaints() == "");
}
