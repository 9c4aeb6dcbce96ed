#include "fakes/cloud/web_server.hpp"

#include <boost/test/unit_test.hpp>

#include "fakes/core/certificate.hpp"
#include "reference/host/real/loopback_fixture.hpp"
#include "reference/host/tls_stream.hpp"

using namespace fakes;
using namespace std::chrono_literals;
using boost::asio::awaitable;

namespace {

struct Seen : Observer {
  std::vector<Observation> all;
  void observe(Observation observation) override { all.push_back(std::move(observation)); }
  std::string last(std::string_view field) const {
    for (auto at = all.rbegin(); at != all.rend(); ++at)
      if (at->kind == "portal.request") return std::string(at->field(field));
    return {};
  }
};

/// Answers each request with its own method, path, query and body.
struct Lab : host::test::Loopback {
  explicit Lab(WebLimits limits = {}) {
    auto handler = [](WebRequest request) -> awaitable<WebResponse> {
      co_return WebResponse{
          200,
          {},
          request.method + " " + request.path + " " + request.query + " " + request.body,
          {}};
    };
    auto failure = [](unsigned status) { return WebResponse{status, {}, "no", {}}; };
    server = std::make_unique<WebServer>(host, seen, "portal", limits, handler, failure);
    TlsContext context = TlsContext::server({});
    context.present(make_self_signed(host, certificate_for("localhost")));
    // A free port: nobody else takes it in between.
    at = listen()->local();
    BOOST_TEST_REQUIRE(!server->listen(at, std::move(context)).has_error());
  }

  /// What comes back for these octets, to its end; `ends`: nothing more is sent.
  std::string exchange(const std::string& request, bool ends = false) {
    std::string answer;
    auto work = talk(request, ends, answer);
    start(std::move(work));
    run();
    return answer;
  }

  awaitable<void> talk(std::string request, bool ends, std::string& answer) {
    const TlsContext context = TlsContext::client({});
    auto connecting = host.connect(at, in(10s));
    auto stream = co_await std::move(connecting);
    host::TlsSetup setup;
    auto shaking = host::tls_handshake(host, std::move(*stream), context.get(),
                                       host::TlsRole::client, std::move(setup), in(10s));
    host::TlsResult tls = co_await std::move(shaking);
    co_await host::write_all(host, *tls.stream, request, in(10s));
    if (ends) tls.stream->shutdown_send();
    auto reading = host::test::read_to_end(*this, *tls.stream, answer);
    co_await std::move(reading);
    tls.stream->close();
  }

  Seen seen;
  std::unique_ptr<WebServer> server;
  host::Endpoint at;
};

bool begins(const std::string& answer, std::string_view with) {
  return answer.starts_with(with);
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_request_is_answered_and_the_connection_closed) {
  Lab lab;
  const std::string answer =
      lab.exchange("POST /open?a=b HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody");
  BOOST_TEST(
      answer ==
      "HTTP/1.1 200 OK\r\nContent-Length: 19\r\nConnection: close\r\n\r\nPOST /open a=b body");
  BOOST_TEST(lab.seen.last("status") == "200");
  BOOST_TEST(lab.seen.last("path") == "/open");
}

BOOST_AUTO_TEST_CASE(head_gets_no_body) {
  Lab lab;
  BOOST_TEST(lab.exchange("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n").ends_with("\r\n\r\n"));
}

BOOST_AUTO_TEST_CASE(what_is_too_large_or_no_request_is_refused) {
  WebLimits limits;
  limits.body_bytes_max = 100;
  limits.header_bytes_max = 1000;
  Lab lab(limits);
  BOOST_TEST(
      begins(lab.exchange("POST / HTTP/1.1\r\nContent-Length: 101\r\n\r\n"), "HTTP/1.1 413"));
  BOOST_TEST(begins(lab.exchange("GET / HTTP/1.1\r\nX: " + std::string(2000, 'x') + "\r\n\r\n"),
                    "HTTP/1.1 431"));
  BOOST_TEST(begins(lab.exchange("EHLO localhost\r\n\r\n"), "HTTP/1.1 400"));
  BOOST_TEST(begins(lab.exchange(std::string("\0\1\2\r\n\r\n", 7)), "HTTP/1.1 400"));
  BOOST_TEST(
      begins(lab.exchange("POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\n" + std::string(100, 'x')),
             "HTTP/1.1 200"));
}

BOOST_AUTO_TEST_CASE(who_takes_too_long_is_told_and_who_goes_away_is_forgotten) {
  WebLimits limits;
  limits.request_time_max = 300ms;
  Lab lab(limits);
  BOOST_TEST(begins(lab.exchange("GET / HTTP/1.1\r\n"), "HTTP/1.1 408"));
  BOOST_TEST(lab.exchange("GET / HTTP/1.1\r\n", true) == "");
  BOOST_TEST(begins(lab.exchange("GET / HTTP/1.1\r\n\r\n"), "HTTP/1.1 200"));
}
