#include <boost/asio/error.hpp>

#include "reference/host/initiate.hpp"
#include "reference/host/real/loopback_fixture.hpp"

using namespace host;
using namespace host::test;
namespace asio = boost::asio;
using asio::awaitable;

namespace {

const Endpoint any_port{asio::ip::address_v4::loopback(), 0};

std::unique_ptr<DatagramSocket> bind(Loopback& loopback) {
  return loopback.host.bind_datagram(any_port, loopback.host.session_executor()).value();
}

awaitable<void> exchange(Loopback& loopback) {
  auto a = bind(loopback);
  auto b = bind(loopback);
  const std::vector<std::string> sent{"one", "", pattern(60'000)};
  for (const auto& payload : sent) a->send(b->local(), payload);
  a->send(b->local(), std::string(70'000, 'x'));  // larger than UDP carries: dropped
  for (const auto& payload : sent) {
    const auto received = co_await receive(loopback.host, *b, loopback.in(10s));
    BOOST_REQUIRE(received.has_value());
    BOOST_TEST((received->peer == a->local()));
    BOOST_TEST((received->payload == payload));
  }
  const auto nothing = co_await receive(loopback.host, *b, loopback.in(20ms));
  BOOST_TEST(nothing.error() == make_error_code(Error::timed_out));
  b->send(a->local(), "answer");
  const auto answer = co_await receive(loopback.host, *a, loopback.in(10s));
  BOOST_TEST((answer && answer->payload == "answer"));
}

awaitable<void> receive_until_aborted(DatagramSocket& socket, ErrorCode& error) {
  auto start = [&socket](DatagramSocket::ReceiveCompletion done) {
    socket.start_receive(std::move(done));
  };
  const auto executor = socket.executor();
  const auto [result, datagram] =
      co_await initiate<ErrorCode, Datagram>(executor, std::move(start));
  error = result;
}

awaitable<void> cancel(Loopback& loopback) {
  auto socket = bind(loopback);
  ErrorCode error;
  loopback.start(receive_until_aborted(*socket, error));
  auto timer = loopback.host.make_timer(TimerKind::activity, socket->executor());
  co_await wait_until(*timer, loopback.in(5ms));
  socket->cancel();
  co_await wait_until(*timer, loopback.in(5ms));
  BOOST_TEST(error == ErrorCode(asio::error::operation_aborted));
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(datagrams_arrive_whole_and_say_where_from, Loopback) {
  start(exchange(*this));
  run();
}

BOOST_FIXTURE_TEST_CASE(a_cancelled_receive_is_aborted, Loopback) {
  start(cancel(*this));
  run();
}

// A kernel that chooses takes them from 32768 up.
BOOST_FIXTURE_TEST_CASE(ports_are_drawn_from_all_that_are_unprivileged, Loopback) {
  int low = 0;
  std::vector<std::unique_ptr<DatagramSocket>> sockets;
  for (int i = 0; i < 200; ++i) {
    sockets.push_back(bind(*this));
    const auto port = sockets.back()->local().port;
    BOOST_TEST(port >= 1024);
    if (port < 32768) ++low;
  }
  BOOST_TEST(low > 50);
  BOOST_TEST(low < 150);
}
