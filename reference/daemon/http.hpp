// A small HTTP/1.1 server for administrators (RFC 9112, read by Boost.Beast's parser): one request
// a connection, JSON both ways.
//
// A request has half a minute to arrive, at most two megabytes of body and 16 kB of header; what is
// wrong with it is answered with 400, 408 or 413. So many connections are open at once; one more is
// reset. It runs over any host::Acceptor.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/json/value.hpp>
#include <functional>
#include <memory>
#include <string>

#include "reference/host/host.hpp"

namespace sealgate::daemon {

inline constexpr std::size_t body_bytes_max = 2 * 1024 * 1024;
inline constexpr int connections_max = 64;

struct HttpRequest {
  std::string method;  ///< "GET"
  std::string path;    ///< "/pages/Mail Routing": decoded, without the query
  std::string query;   ///< decoded, what stands behind "?search="
  std::string token;   ///< of "Authorization: Bearer"; empty: none
  std::string body;
};

struct HttpResponse {
  unsigned status = 200;
  boost::json::value body;
};

/// What is wrong, as every error is told: {"field": …, "reason": …}.
HttpResponse problem(unsigned status, std::string field, std::string reason);

using HttpHandler = std::function<boost::asio::awaitable<HttpResponse>(HttpRequest)>;

/// Until the acceptor is closed; its streams are all on one executor. The handler is called on the
/// queue executor.
boost::asio::awaitable<void> serve_http(host::Host& host, std::shared_ptr<host::Acceptor> acceptor,
                                        HttpHandler handler);

}  // namespace sealgate::daemon
