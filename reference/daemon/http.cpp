#include "reference/daemon/http.hpp"

#include <fmt/format.h>

#include <boost/asio/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/json/serialize.hpp>
#include <optional>

#include "reference/host/io.hpp"

namespace sealgate::daemon {
namespace {

using boost::asio::awaitable;
using namespace std::chrono_literals;
namespace http = boost::beast::http;

constexpr auto request_timeout = 30s;
constexpr auto drain_timeout = 10s;
constexpr std::uint32_t header_bytes_max = 16 * 1024;

using Parser = http::request_parser<http::string_body>;

std::string decoded(std::string_view text) {
  const auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape =
        text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0;
    out += escape ? static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])) : text[i];
    if (escape) i += 2;
  }
  return out;
}

HttpRequest request_of(Parser& parser) {
  auto message = parser.release();
  HttpRequest request;
  const std::string target(message.target());
  const std::size_t mark = target.find('?');
  request.method = std::string(message.method_string());
  request.path = decoded(target.substr(0, mark));
  constexpr std::string_view search = "?search=";
  if (mark != std::string::npos && target.compare(mark, search.size(), search) == 0)
    request.query = decoded(std::string_view(target).substr(mark + search.size()));
  const std::string authorization(message[http::field::authorization]);
  constexpr std::string_view bearer = "Bearer ";
  if (authorization.starts_with(bearer)) request.token = authorization.substr(bearer.size());
  request.body = std::move(message.body());
  return request;
}

/// None: the request is there, whole.
awaitable<std::optional<HttpResponse>> read_request(host::Host& host, host::Stream& stream,
                                                    Parser& parser) {
  const auto deadline = host.mono_now() + request_timeout;
  std::string received;
  while (!parser.is_done()) {
    const auto error = co_await host::read_some(host, stream, received, deadline);
    if (error == host::Error::timed_out)
      co_return problem(408, "request", "it did not arrive within half a minute");
    if (error) co_return problem(400, "request", "it ends too early");
    boost::beast::error_code wrong;
    const std::size_t taken = parser.put(boost::asio::buffer(received), wrong);
    received.erase(0, taken);
    if (wrong == http::error::need_more) continue;
    if (wrong == http::error::body_limit)
      co_return problem(413, "body", fmt::format("{} bytes are the most", body_bytes_max));
    if (wrong) co_return problem(400, "request", wrong.message());
  }
  co_return std::nullopt;
}

std::string to_wire(const HttpResponse& response) {
  const std::string body = boost::json::serialize(response.body) + "\n";
  const auto reason = http::obsolete_reason(http::int_to_status(response.status));
  return fmt::format(
      "HTTP/1.1 {} {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n"
      "Cache-Control: no-store\r\nConnection: close\r\n\r\n{}",
      response.status, std::string(reason), body.size(), body);
}

/// A client that is still sending would otherwise meet a reset in the place of the answer.
awaitable<void> drain(host::Host& host, host::Stream& stream) {
  const auto deadline = host.mono_now() + drain_timeout;
  host::ErrorCode error;
  while (!error) {
    std::string ignored;
    error = co_await host::read_some(host, stream, ignored, deadline, 256 * 1024);
  }
}

/// One of the connections that may be open at once. All on one executor.
class Place {
 public:
  explicit Place(std::shared_ptr<int> open) : open_(std::move(open)) { ++*open_; }
  Place(Place&&) = default;
  ~Place() {
    if (open_) --*open_;
  }

 private:
  std::shared_ptr<int> open_;
};

awaitable<void> serve_one(host::Host& host, std::unique_ptr<host::Stream> stream,
                          HttpHandler handler, [[maybe_unused]] Place place) {
  Parser parser;
  parser.eager(true);
  parser.body_limit(body_bytes_max);
  parser.header_limit(header_bytes_max);
  auto reading = read_request(host, *stream, parser);
  auto wrong = co_await std::move(reading);
  HttpResponse response;
  if (wrong) {
    response = *std::move(wrong);
  } else {
    HttpRequest request = request_of(parser);
    auto answering = handler(std::move(request));
    response = co_await std::move(answering);
  }
  const std::string bytes = to_wire(response);
  const auto deadline = host.mono_now() + request_timeout;
  const auto error = co_await host::write_all(host, *stream, bytes, deadline);
  stream->shutdown_send();
  if (!error) co_await drain(host, *stream);
  stream->close();
}

}  // namespace

HttpResponse problem(unsigned status, std::string field, std::string reason) {
  return {status, boost::json::object{{"field", std::move(field)}, {"reason", std::move(reason)}}};
}

awaitable<void> serve_http(host::Host& host, std::shared_ptr<host::Acceptor> acceptor,
                           HttpHandler handler) {
  const auto open = std::make_shared<int>(0);
  constexpr auto pause = 100ms;  // after a failed accept: out of descriptors, most likely
  for (;;) {
    auto accepted = co_await host::accept(*acceptor);
    if (!accepted && accepted.error() == boost::asio::error::operation_aborted) break;  // closed
    if (!accepted) {
      host.log(host::Severity::warning, "administration", accepted.error().message());
      auto timer = host.make_timer(host::TimerKind::activity, acceptor->executor());
      co_await host::wait_until(*timer, host.mono_now() + pause);
      continue;
    }
    auto stream = std::move(accepted).value();
    if (*open >= connections_max) {
      stream->reset();
      continue;
    }
    const auto executor = stream->executor();
    host::spawn(host, executor, "administration",
                serve_one(host, std::move(stream), handler, Place(open)));
  }
}

}  // namespace sealgate::daemon
