#include "reference/host/real/tcp_connect.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "reference/host/real/clocks.hpp"
#include "reference/host/real/tcp_stream.hpp"

namespace host {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

// Owned by the handlers of its two waits. Whichever ends first completes it.
struct Attempt {
  Attempt(const asio::any_io_executor& executor, const Endpoint& to, ConnectCompletion completion)
      : socket(executor), timer(executor), remote(to), done(std::move(completion)) {}

  tcp::socket socket;
  asio::steady_timer timer;
  Endpoint remote;
  ConnectCompletion done;

  void complete(ErrorCode error) {
    auto finished = std::exchange(done, {});
    if (!finished) return;
    timer.cancel();
    std::unique_ptr<Stream> stream;
    ErrorCode ignored;
    if (error) {
      socket.close(ignored);
    } else {
      stream = make_tcp_stream(std::move(socket), remote);
    }
    finished(error, std::move(stream));
  }
};

ErrorCode as_promised(ErrorCode error) {
  if (error == asio::error::timed_out) return Error::timed_out;
  if (error == asio::error::network_unreachable) return asio::error::host_unreachable;
  return error;
}

}  // namespace

void start_tcp_connect(asio::any_io_executor executor, Endpoint remote, MonoTime deadline,
                       ConnectCompletion done) {
  auto attempt = std::make_shared<Attempt>(executor, remote, std::move(done));
  const tcp::endpoint target(remote.address, remote.port);
  ErrorCode error;
  attempt->socket.open(target.protocol(), error);
  if (error) return attempt->complete(error);
  attempt->timer.expires_at(to_steady(deadline));
  attempt->timer.async_wait([attempt](ErrorCode cancelled) {
    if (!cancelled) attempt->complete(Error::timed_out);
  });
  attempt->socket.async_connect(
      target, [attempt](ErrorCode failure) { attempt->complete(as_promised(failure)); });
}

}  // namespace host
