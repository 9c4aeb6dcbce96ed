#include "reference/host/real/tcp_acceptor.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <mutex>

#include "reference/host/real/tcp_stream.hpp"

namespace host {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

class Listener : public std::enable_shared_from_this<Listener> {
 public:
  Listener(const asio::any_io_executor& executor,
           std::function<asio::any_io_executor()> stream_executor)
      : socket_(executor), stream_executor_(std::move(stream_executor)) {}

  asio::any_io_executor executor() { return socket_.get_executor(); }
  const Endpoint& local() const { return local_; }

  ErrorCode open(const Endpoint& local) {
    const tcp::endpoint endpoint(local.address, local.port);
    ErrorCode error;
    socket_.open(endpoint.protocol(), error);
    if (error) return error;
    // A restart must not wait for the old connections' TIME_WAIT.
    socket_.set_option(tcp::acceptor::reuse_address(true), error);
    if (error) return error;
    // [::] beside 0.0.0.0, and no IPv4 peer in IPv6 clothes.
    if (local.address.is_v6()) socket_.set_option(asio::ip::v6_only(true), error);
    if (!error) socket_.bind(endpoint, error);
    if (!error) socket_.listen(tcp::acceptor::max_listen_connections, error);
    if (!error) local_ = to_endpoint(socket_.local_endpoint(error));
    return error;
  }

  void start_accept(Acceptor::AcceptCompletion done) {
    {
      const std::lock_guard lock(mutex_);
      if (socket_.is_open()) {
        auto on_accepted = [self = shared_from_this(), done = std::move(done)](
                               ErrorCode error, tcp::socket socket) mutable {
          auto stream = self->take(error, std::move(socket));
          done(error, std::move(stream));
        };
        socket_.async_accept(stream_executor_(), peer_, std::move(on_accepted));
        return;
      }
    }
    done(asio::error::operation_aborted, nullptr);
  }

  void close() {
    const std::unique_lock lock(mutex_);
    ErrorCode ignored;
    socket_.close(ignored);  // a pending accept completes with operation_aborted
  }

 private:
  std::unique_ptr<Stream> take(ErrorCode& error, tcp::socket socket) {
    const std::lock_guard lock(mutex_);
    // Accepted, then closed before anybody heard of it: the peer is disconnected.
    if (!socket_.is_open()) error = asio::error::operation_aborted;
    return error ? nullptr : make_tcp_stream(std::move(socket), to_endpoint(peer_));
  }

  std::mutex mutex_;
  tcp::acceptor socket_;
  std::function<asio::any_io_executor()> stream_executor_;
  Endpoint local_;
  tcp::endpoint peer_;
};

class TcpAcceptor final : public Acceptor {
 public:
  explicit TcpAcceptor(std::shared_ptr<Listener> listener) : listener_(std::move(listener)) {}
  ~TcpAcceptor() override { listener_->close(); }

  asio::any_io_executor executor() override { return listener_->executor(); }
  void start_accept(AcceptCompletion done) override { listener_->start_accept(std::move(done)); }
  Endpoint local() const override { return listener_->local(); }
  void close() override { listener_->close(); }

 private:
  std::shared_ptr<Listener> listener_;
};

}  // namespace

Result<std::unique_ptr<Acceptor>> listen_on_tcp(
    Endpoint local, asio::any_io_executor executor,
    std::function<asio::any_io_executor()> stream_executor) {
  auto listener = std::make_shared<Listener>(executor, std::move(stream_executor));
  if (const ErrorCode error = listener->open(local)) return error;
  return std::unique_ptr<Acceptor>(std::make_unique<TcpAcceptor>(std::move(listener)));
}

}  // namespace host
