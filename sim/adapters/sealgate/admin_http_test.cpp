// Slow, silent and too many clients against the two HTTP servers, on the simulated clock: the
// gateway's for administrators, and the portal of the hybrid service.
#include <boost/asio/error.hpp>
#include <boost/test/unit_test.hpp>
#include <deque>

#include "fakes/cloud/web_server.hpp"
#include "fakes/core/certificate.hpp"
#include "reference/daemon/http.hpp"
#include "reference/host/io.hpp"
#include "reference/host/tls_stream.hpp"
#include "sim/world/virtual/world.hpp"

namespace {

using namespace sealcheck;
using namespace std::chrono_literals;
using boost::asio::awaitable;
namespace daemon = sealgate::daemon;

host::Address address(const char* text) {
  return boost::asio::ip::make_address(text);
}

const std::string half = "POST /pages HTTP/1.1\r\nContent-Length: 10\r\n\r\n01234";
const std::string whole = "GET /pages HTTP/1.1\r\nHost: x\r\n\r\n";

struct Nobody : fakes::Observer {
  void observe(fakes::Observation) override {}
};

struct Net {
  /// Says its piece, in TLS if it is to, and listens to the end.
  struct Client {
    std::string heard;
    bool closed = false;
    host::Duration after{};  ///< from its connection to its end
    std::unique_ptr<host::Stream> stream;
  };

  ~Net() { world.end(); }

  Client& connect(std::string says, bool tls = false) {
    clients.emplace_back();
    host::spawn(there, there.session_executor(), "client",
                talk(clients.back(), std::move(says), tls));
    return clients.back();
  }

  awaitable<void> talk(Client& client, std::string says, bool tls) {
    const auto begun = there.mono_now();
    auto connected = co_await there.connect({here.address(), 8025}, begun + 10s);
    if (!connected) {
      client.closed = true;
      co_return;
    }
    client.stream = std::move(connected).value();
    if (tls) {
      const auto context = fakes::TlsContext::client({});
      host::TlsSetup setup;
      auto shaking = host::tls_handshake(there, std::move(client.stream), context.get(),
                                         host::TlsRole::client, std::move(setup), begun + 10s);
      host::TlsResult result = co_await std::move(shaking);
      client.stream = std::move(result.stream);
    }
    host::ErrorCode error = co_await host::write_all(there, *client.stream, says, begun + 24h);
    while (!error)
      error = co_await host::read_some(there, *client.stream, client.heard, begun + 24h);
    client.closed = true;
    client.after = there.mono_now() - begun;
  }

  /// One octet each ten seconds, for ever.
  awaitable<void> trickle(Client& client) {
    host::ErrorCode error;
    const std::string octet = "X";
    while (!error && !client.closed) {
      auto timer = there.make_timer(host::TimerKind::activity, there.session_executor());
      co_await host::wait_until(*timer, there.mono_now() + 10s);
      error = co_await host::write_all(there, *client.stream, octet, there.mono_now() + 10s);
    }
  }

  void pass(host::Duration time) { world.run(world.scheduler().now() + time.count(), false); }

  trace::Trace trace;
  world::World world{3, trace};
  world::VirtualHost& here = world.add_host("gw.corp.test", {address("192.0.2.1")});
  world::VirtualHost& there = world.add_host("admin.corp.test", {address("192.0.2.2")});
  std::deque<Client> clients;
};

struct Console : Net {
  Console() {
    std::shared_ptr<host::Acceptor> acceptor =
        here.listen({here.address(), 8025}, here.queue_executor()).value();
    serve(std::move(acceptor));
  }
  explicit Console(std::shared_ptr<host::Acceptor> (*wrap)(std::unique_ptr<host::Acceptor>)) {
    serve(wrap(here.listen({here.address(), 8025}, here.queue_executor()).value()));
  }
  void serve(std::shared_ptr<host::Acceptor> acceptor) {
    const auto answer = [](daemon::HttpRequest) -> awaitable<daemon::HttpResponse> {
      co_return daemon::HttpResponse{200, "fine"};
    };
    host::spawn(here, here.queue_executor(), "administration",
                daemon::serve_http(here, std::move(acceptor), answer));
  }
};

/// Out of descriptors, three times; then it accepts.
class Exhausted final : public host::Acceptor {
 public:
  explicit Exhausted(std::unique_ptr<host::Acceptor> inner) : inner_(std::move(inner)) {}
  boost::asio::any_io_executor executor() override { return inner_->executor(); }
  void start_accept(AcceptCompletion done) override {
    if (failures_ == 0) return inner_->start_accept(std::move(done));
    --failures_;
    done(boost::asio::error::no_descriptors, nullptr);
  }
  host::Endpoint local() const override { return inner_->local(); }
  void close() override { inner_->close(); }

 private:
  std::unique_ptr<host::Acceptor> inner_;
  int failures_ = 3;
};

std::shared_ptr<host::Acceptor> exhausted(std::unique_ptr<host::Acceptor> inner) {
  return std::make_shared<Exhausted>(std::move(inner));
}

struct Portal : Net {
  Portal() {
    auto context = fakes::TlsContext::server({});
    context.present(fakes::make_self_signed(here, fakes::certificate_for("gw.corp.test")));
    BOOST_TEST_REQUIRE(!server.listen({here.address(), 8025}, std::move(context)).has_error());
  }
  static awaitable<fakes::WebResponse> answer(fakes::WebRequest) {
    co_return fakes::WebResponse{200, {}, "fine", {}};
  }
  static fakes::WebResponse failure(unsigned status) { return {status, {}, "no", {}}; }

  Nobody nobody;
  fakes::WebServer server{here, nobody, "portal", {}, answer, failure};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(slow_http_clients)

BOOST_FIXTURE_TEST_CASE(half_a_request_to_the_console_ends_after_half_a_minute, Console) {
  const Client& silent = connect("");
  const Client& stopped = connect(half);
  Client& trickles = connect(half.substr(0, 5));
  pass(1s);
  host::spawn(there, there.session_executor(), "client", trickle(trickles));
  pass(28s);
  for (const auto& client : clients) BOOST_TEST(!client.closed);
  pass(15s);
  BOOST_TEST(silent.heard.starts_with("HTTP/1.1 408"));
  BOOST_TEST(stopped.heard.starts_with("HTTP/1.1 408"));
  BOOST_TEST(trickles.heard.starts_with("HTTP/1.1 408"));
  for (const auto& client : clients) BOOST_TEST(client.closed);
  const Client& next = connect(whole);
  pass(1s);
  BOOST_TEST(next.heard.starts_with("HTTP/1.1 200"));
}

BOOST_FIXTURE_TEST_CASE(the_console_has_so_many_connections_and_no_more, Console) {
  for (int i = 0; i < daemon::connections_max; ++i) connect(half);
  pass(1s);
  const Client& one_more = connect(whole);
  pass(1s);
  BOOST_TEST(one_more.closed);
  BOOST_TEST(one_more.heard == "");
  pass(45s);
  const Client& later = connect(whole);
  pass(1s);
  BOOST_TEST(later.heard.starts_with("HTTP/1.1 200"));
}

BOOST_AUTO_TEST_CASE(a_failed_accept_is_not_the_end_of_the_console) {
  Console console(exhausted);
  console.pass(1s);
  const auto& client = console.connect(whole);
  console.pass(1s);
  BOOST_TEST(client.heard.starts_with("HTTP/1.1 200"));
}

BOOST_FIXTURE_TEST_CASE(half_a_request_to_the_portal_ends_after_two_minutes, Portal) {
  const Client& stopped = connect(half, true);
  const Client& without_tls = connect("");
  pass(119s);
  BOOST_TEST(!stopped.closed);
  BOOST_TEST(!without_tls.closed);
  pass(15s);
  BOOST_TEST(stopped.closed);
  BOOST_TEST(stopped.heard.starts_with("HTTP/1.1 408"));
  BOOST_TEST(without_tls.closed);
  const Client& next = connect(whole, true);
  pass(1s);
  BOOST_TEST(next.heard.starts_with("HTTP/1.1 200"));
}

BOOST_AUTO_TEST_SUITE_END()
