// HTTP/1.1 over TLS for browsers (RFC 9112, read by Boost.Beast's parser): one request a
// connection. It runs over any host::Acceptor, in a simulated world as on real sockets.
//
// A request has a limited time to arrive and a limited size, and only so many connections are open
// at once; what is beyond is answered with 400, 408, 413 or 431, or not at all. It knows nothing of
// what is served: the handler does.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fakes/core/observation.hpp"
#include "fakes/core/tls_context.hpp"
#include "reference/host/host.hpp"

namespace fakes {

struct WebRequest {
  host::Endpoint peer;
  std::string method;
  std::string path;   ///< as it was sent, without the query
  std::string query;  ///< behind the question mark, not decoded
  std::string host;
  std::string origin;  ///< empty: not said
  std::string cookies;
  std::string content_type;
  std::string body;
};

struct WebResponse {
  unsigned status = 200;
  std::vector<std::pair<std::string, std::string>> fields;  ///< Content-Length is added
  std::string body;
  std::vector<std::pair<std::string, std::string>> seen;  ///< told the observer, sent to nobody
};

struct WebLimits {
  std::size_t body_bytes_max = 48 << 20;
  std::uint32_t header_bytes_max = 16 << 10;
  std::size_t connections_max = 64;
  host::Duration request_time_max = std::chrono::minutes(2);
};

using WebHandler = std::function<boost::asio::awaitable<WebResponse>(WebRequest)>;

class WebServer {
 public:
  /// `failure` makes the page for what never reached the handler, by its status.
  /// Host, observer and whatever the functions refer to outlive the server's last coroutine.
  WebServer(host::Host& host, Observer& observer, std::string name, WebLimits limits,
            WebHandler handler, std::function<WebResponse(unsigned status)> failure);
  ~WebServer();
  WebServer(const WebServer&) = delete;
  WebServer& operator=(const WebServer&) = delete;

  /// Fails as Host::listen does.
  host::Result<void> listen(host::Endpoint local, TlsContext context);
  void drop_connections();
  /// Stops listening and resets what is open.
  void stop();

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

}  // namespace fakes
