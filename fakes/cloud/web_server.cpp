#include "fakes/cloud/web_server.hpp"

#include <fmt/format.h>

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <map>
#include <optional>

#include "fakes/core/tls_alert.hpp"
#include "reference/host/io.hpp"
#include "reference/host/tls_stream.hpp"

namespace fakes {

using boost::asio::awaitable;
namespace http = boost::beast::http;

namespace {

using Parser = http::request_parser<http::string_body>;
using Fields = std::vector<std::pair<std::string, std::string>>;

constexpr host::Duration answer_time_max = std::chrono::minutes(5);
constexpr host::Duration drain_time_max = std::chrono::seconds(10);

WebRequest request_of(Parser& parser, const host::Endpoint& peer) {
  auto message = parser.release();
  const std::string target(message.target());
  const std::size_t mark = target.find('?');
  WebRequest request;
  request.peer = peer;
  request.method = std::string(message.method_string());
  request.path = target.substr(0, mark);
  if (mark != std::string::npos) request.query = target.substr(mark + 1);
  request.host = std::string(message[http::field::host]);
  request.origin = std::string(message[http::field::origin]);
  request.cookies = std::string(message[http::field::cookie]);
  request.content_type = std::string(message[http::field::content_type]);
  request.body = std::move(message.body());
  return request;
}

std::string head_of(const WebResponse& response) {
  const auto reason = http::obsolete_reason(http::int_to_status(response.status));
  std::string head = fmt::format("HTTP/1.1 {} {}\r\n", response.status,
                                 std::string_view(reason.data(), reason.size()));
  for (const auto& [name, value] : response.fields) head += fmt::format("{}: {}\r\n", name, value);
  head += fmt::format("Content-Length: {}\r\nConnection: close\r\n\r\n", response.body.size());
  return head;
}

/// Of what Beast's parser says is wrong.
unsigned status_of(const boost::beast::error_code& wrong) {
  if (wrong == http::error::body_limit) return 413;
  if (wrong == http::error::header_limit) return 431;
  return 400;
}

}  // namespace

/// Held by the server and by its coroutines, which may be the last to go.
struct WebServer::Shared {
  struct Connection {
    std::unique_ptr<host::Stream> stream;  ///< null during the handshake
    bool dropped = false;
  };

  host::Host& host;
  Observer& observer;
  std::string name;
  WebLimits limits;
  WebHandler handler;
  std::function<WebResponse(unsigned)> failure;
  std::vector<std::unique_ptr<host::Acceptor>> acceptors;
  std::vector<TlsContext> contexts;
  std::map<std::uint64_t, std::shared_ptr<Connection>> connections;
  std::uint64_t accepted = 0;
  bool stopped = false;

  void observe(std::uint64_t number, std::string kind, Fields fields) {
    Observation observation{name, std::move(kind), {{"connection", std::to_string(number)}}};
    for (auto& field : fields) observation.fields.push_back(std::move(field));
    observer.observe(std::move(observation));
  }

  static awaitable<void> accept_loop(std::shared_ptr<Shared> self, std::size_t index);
  static awaitable<void> serve(std::shared_ptr<Shared> self, std::uint64_t number,
                               std::unique_ptr<host::Stream> transport, std::size_t index);
  static awaitable<std::optional<unsigned>> read(Shared& self, host::Stream& stream,
                                                 Parser& parser);
  static awaitable<void> answer(Shared& self, Connection& connection, std::uint64_t number);
};

awaitable<void> WebServer::Shared::accept_loop(std::shared_ptr<Shared> self, std::size_t index) {
  while (!self->stopped) {
    host::Acceptor& acceptor = *self->acceptors[index];
    host::Result<std::unique_ptr<host::Stream>> stream = co_await host::accept(acceptor);
    if (self->stopped) co_return;
    if (!stream) {
      if (stream.error() == boost::system::errc::connection_aborted) continue;
      self->host.log(host::Severity::error, self->name, stream.error().message());
      co_return;
    }
    if (self->connections.size() >= self->limits.connections_max) {
      (*stream)->reset();
      continue;
    }
    const std::uint64_t number = ++self->accepted;
    self->connections[number] = std::make_shared<Connection>();
    auto work = serve(self, number, std::move(*stream), index);
    host::spawn(self->host, acceptor.executor(), self->name, std::move(work));
  }
}

awaitable<void> WebServer::Shared::serve(std::shared_ptr<Shared> self, std::uint64_t number,
                                         std::unique_ptr<host::Stream> transport,
                                         std::size_t index) {
  const std::shared_ptr<Connection> connection = self->connections.at(number);
  const host::MonoTime deadline = self->host.mono_now() + self->limits.request_time_max;
  host::TlsSetup setup;
  host::TlsResult result =
      co_await host::tls_handshake(self->host, std::move(transport), self->contexts[index].get(),
                                   host::TlsRole::server, std::move(setup), deadline);
  if (!result.stream) {
    const std::string alert =
        result.failure.alert < 0 ? std::string("none") : alert_name(result.failure.alert);
    self->observe(number, "tls.failed", {{"reason", result.failure.reason}, {"alert", alert}});
  } else if (connection->dropped) {
    result.stream->reset();
  } else {
    connection->stream = std::move(result.stream);
    self->observe(number, "tls.established", describe_tls(connection->stream->tls()));
    auto answering = answer(*self, *connection, number);
    co_await std::move(answering);
  }
  self->connections.erase(number);
}

/// None: the request is there, whole; else the status to refuse it with, 0: nobody is there.
awaitable<std::optional<unsigned>> WebServer::Shared::read(Shared& self, host::Stream& stream,
                                                           Parser& parser) {
  parser.eager(true);
  parser.body_limit(self.limits.body_bytes_max);
  parser.header_limit(self.limits.header_bytes_max);
  const host::MonoTime deadline = self.host.mono_now() + self.limits.request_time_max;
  std::string received;
  while (!parser.is_done()) {
    const auto error = co_await host::read_some(self.host, stream, received, deadline, 64 * 1024);
    if (error == host::Error::timed_out) co_return 408;
    if (error) co_return 0;
    boost::beast::error_code wrong;
    const std::size_t taken = parser.put(boost::asio::buffer(received), wrong);
    received.erase(0, taken);
    if (wrong && wrong != http::error::need_more) co_return status_of(wrong);
  }
  co_return std::nullopt;
}

awaitable<void> WebServer::Shared::answer(Shared& self, Connection& connection,
                                          std::uint64_t number) {
  host::Stream& stream = *connection.stream;
  const host::Endpoint peer = stream.remote();
  Parser parser;
  auto reading = read(self, stream, parser);
  const std::optional<unsigned> refused = co_await std::move(reading);
  if (refused == 0u) {
    self.observe(number, "portal.closed", {{"peer", peer.to_string()}});
    co_return;
  }
  std::string method = "none";
  std::string path;
  WebResponse response;
  if (refused) {
    response = self.failure(*refused);
  } else {
    WebRequest request = request_of(parser, peer);
    method = request.method;
    path = request.path;
    auto answering = self.handler(std::move(request));
    response = co_await std::move(answering);
  }
  Fields fields{{"peer", peer.to_string()},
                {"method", method},
                {"path", path},
                {"status", std::to_string(response.status)}};
  for (auto& field : response.seen) fields.push_back(std::move(field));
  self.observe(number, "portal.request", std::move(fields));

  const std::string head = head_of(response);
  const host::MonoTime deadline = self.host.mono_now() + answer_time_max;
  host::ErrorCode error = co_await host::write_all(self.host, stream, head, deadline);
  if (!error && method != "HEAD")
    error = co_await host::write_all(self.host, stream, response.body, deadline);
  stream.shutdown_send();
  // A browser that is still sending would otherwise meet a reset in the place of the answer.
  const host::MonoTime drained = self.host.mono_now() + drain_time_max;
  std::string ignored;
  while (!error) {
    ignored.clear();
    error = co_await host::read_some(self.host, stream, ignored, drained, 64 * 1024);
  }
  stream.close();
}

WebServer::WebServer(host::Host& host, Observer& observer, std::string name, WebLimits limits,
                     WebHandler handler, std::function<WebResponse(unsigned)> failure)
    : shared_(new Shared{host,
                         observer,
                         std::move(name),
                         limits,
                         std::move(handler),
                         std::move(failure),
                         {},
                         {},
                         {}}) {}

WebServer::~WebServer() {
  stop();
}

host::Result<void> WebServer::listen(host::Endpoint local, TlsContext context) {
  const boost::asio::any_io_executor executor = shared_->host.session_executor();
  auto acceptor = shared_->host.listen(local, executor);
  if (!acceptor) return acceptor.error();
  shared_->acceptors.push_back(std::move(*acceptor));
  shared_->contexts.push_back(std::move(context));
  auto work = Shared::accept_loop(shared_, shared_->acceptors.size() - 1);
  host::spawn(shared_->host, executor, shared_->name, std::move(work));
  return {};
}

void WebServer::drop_connections() {
  for (const auto& [number, connection] : shared_->connections) {
    connection->dropped = true;
    if (!connection->stream) continue;
    connection->stream->cancel();
    connection->stream->reset();
  }
}

void WebServer::stop() {
  if (std::exchange(shared_->stopped, true)) return;
  for (const auto& acceptor : shared_->acceptors) acceptor->close();
  drop_connections();
}

}  // namespace fakes
