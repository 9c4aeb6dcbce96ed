#include <netinet/in.h>
#include <sys/socket.h>

#include <boost/asio/error.hpp>

#include "reference/host/real/loopback_fixture.hpp"

using namespace host;
using namespace host::test;
namespace asio = boost::asio;
using asio::awaitable;

namespace {

awaitable<void> expect_refusal(Loopback& loopback) {
  auto acceptor = loopback.listen();
  const Endpoint nobody = acceptor->local();
  acceptor->close();
  auto connecting = loopback.host.connect(nobody, loopback.in(10s));
  const auto refused = co_await std::move(connecting);
  BOOST_TEST(refused.error() == ErrorCode(asio::error::connection_refused));
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_port_without_a_listener_refuses, Loopback) {
  start(expect_refusal(*this));
  run();
}

namespace {

// Listens and never accepts; with its queue full, the kernel drops what arrives.
struct DeafListener {
  DeafListener() : fd(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof name;
    BOOST_REQUIRE(::bind(fd, reinterpret_cast<sockaddr*>(&name), size) == 0);
    BOOST_REQUIRE(::listen(fd, 0) == 0);
    BOOST_REQUIRE(::getsockname(fd, reinterpret_cast<sockaddr*>(&name), &size) == 0);
    port = ntohs(name.sin_port);
  }
  ~DeafListener() { ::close(fd); }
  int fd;
  std::uint16_t port;
};

awaitable<void> connect_to_the_deaf(Loopback& loopback, std::uint16_t port) {
  const Endpoint deaf{asio::ip::address_v4::loopback(), port};
  auto first = loopback.host.connect(deaf, loopback.in(10s));
  const auto in_queue = co_await std::move(first);
  BOOST_TEST(in_queue.has_value());
  const auto before = loopback.host.mono_now();
  auto second = loopback.host.connect(deaf, loopback.in(100ms));
  const auto unanswered = co_await std::move(second);
  BOOST_TEST(unanswered.error() == make_error_code(Error::timed_out));
  BOOST_TEST((loopback.host.mono_now() - before >= 100ms));
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_connection_nobody_answers_times_out_at_the_deadline, Loopback) {
  DeafListener deaf;
  start(connect_to_the_deaf(*this, deaf.port));
  run();
}

namespace {

awaitable<void> accept_until_closed(Acceptor& acceptor, ErrorCode& error) {
  const auto accepted = co_await accept(acceptor);
  error = accepted.error();
}

awaitable<void> close_the_acceptor(Loopback& loopback) {
  auto acceptor = loopback.listen();
  ErrorCode error;
  loopback.start(acceptor->executor(), accept_until_closed(*acceptor, error));
  auto timer = loopback.host.make_timer(TimerKind::activity, acceptor->executor());
  co_await wait_until(*timer, loopback.in(5ms));
  acceptor->close();
  co_await wait_until(*timer, loopback.in(5ms));
  BOOST_TEST(error == ErrorCode(asio::error::operation_aborted));
  const auto later = co_await accept(*acceptor);
  BOOST_TEST(later.error() == ErrorCode(asio::error::operation_aborted));
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_closed_acceptor_aborts_what_is_pending, Loopback) {
  start(close_the_acceptor(*this));
  run();
}

BOOST_FIXTURE_TEST_CASE(an_endpoint_that_cannot_be_had_is_an_error, Loopback) {
  const auto acceptor = listen();
  const auto executor = host.session_executor();
  BOOST_TEST(host.listen(acceptor->local(), executor).error() ==
             ErrorCode(asio::error::address_in_use));
  const Endpoint foreign{asio::ip::make_address("192.0.2.1"), 0};
  BOOST_TEST(
      (host.listen(foreign, executor).error() == boost::system::errc::address_not_available));
  const Endpoint foreign_udp{foreign.address, 5353};
  BOOST_TEST((host.bind_datagram(foreign_udp, executor).error() ==
              boost::system::errc::address_not_available));
}

BOOST_FIXTURE_TEST_CASE(both_families_may_listen_on_one_port, Loopback) {
  const auto executor = host.session_executor();
  const auto v6 = host.listen({asio::ip::address_v6::any(), 0}, executor);
  if (!v6) return;  // no IPv6 here
  const auto v4 = host.listen({asio::ip::address_v4::any(), (*v6)->local().port}, executor);
  BOOST_TEST(v4.has_value());
}
