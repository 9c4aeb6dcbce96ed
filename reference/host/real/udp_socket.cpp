#include "reference/host/real/udp_socket.hpp"

#include <array>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/ip/v6_only.hpp>

#include "reference/host/real/tcp_stream.hpp"

namespace host {
namespace {

namespace asio = boost::asio;
using asio::ip::udp;

constexpr std::size_t datagram_bytes_max = 65'535;

// Shared with the handler of a wait, which owns the completion as a TCP connection's does.
class Socket : public std::enable_shared_from_this<Socket> {
 public:
  explicit Socket(const asio::any_io_executor& executor) : socket_(executor) {}

  asio::any_io_executor executor() { return socket_.get_executor(); }
  const Endpoint& local() const { return local_; }

  ErrorCode open(const Endpoint& local) {
    const udp::endpoint endpoint(local.address, local.port);
    ErrorCode error;
    socket_.open(endpoint.protocol(), error);
    if (error) return error;
    if (local.address.is_v6()) socket_.set_option(asio::ip::v6_only(true), error);
    if (!error) socket_.bind(endpoint, error);
    if (!error) socket_.non_blocking(true, error);
    if (!error) local_ = to_endpoint(socket_.local_endpoint(error));
    return error;
  }

  void send(const Endpoint& to, std::string_view payload) {
    ErrorCode ignored;  // UDP promises nothing
    socket_.send_to(asio::buffer(payload.data(), payload.size()),
                    udp::endpoint(to.address, to.port), 0, ignored);
  }

  void start_receive(DatagramSocket::ReceiveCompletion done) {
    const auto pending = std::make_shared<Pending>(Pending{std::move(done)});
    pending_ = pending;
    serve(pending);
  }

  void cancel() {
    const auto pending = pending_.lock();
    ErrorCode ignored;
    socket_.cancel(ignored);
    if (!pending || !pending->done) return;
    auto aborted = std::exchange(pending->done, {});
    aborted(asio::error::operation_aborted, {});
  }

  void close() {
    cancel();
    ErrorCode ignored;
    socket_.close(ignored);
  }

 private:
  struct Pending {
    DatagramSocket::ReceiveCompletion done;
  };

  void serve(const std::shared_ptr<Pending>& pending) {
    std::array<char, datagram_bytes_max> buffer;
    udp::endpoint peer;
    ErrorCode error;
    const std::size_t count = socket_.receive_from(asio::buffer(buffer), peer, 0, error);
    if (error == asio::error::would_block) return wait(pending);
    Datagram datagram;
    if (!error) datagram = {to_endpoint(peer), std::string(buffer.data(), count)};
    auto done = std::exchange(pending->done, {});
    done(error, std::move(datagram));
  }

  void wait(const std::shared_ptr<Pending>& pending) {
    socket_.async_wait(udp::socket::wait_read, [self = shared_from_this(), pending](ErrorCode) {
      if (pending->done) self->serve(pending);
    });
  }

  udp::socket socket_;
  Endpoint local_;
  std::weak_ptr<Pending> pending_;
};

class UdpSocket final : public DatagramSocket {
 public:
  explicit UdpSocket(std::shared_ptr<Socket> socket) : socket_(std::move(socket)) {}
  ~UdpSocket() override { socket_->close(); }

  asio::any_io_executor executor() override { return socket_->executor(); }
  void send(const Endpoint& to, std::string_view payload) override { socket_->send(to, payload); }
  void start_receive(ReceiveCompletion done) override { socket_->start_receive(std::move(done)); }
  void cancel() override { socket_->cancel(); }
  Endpoint local() const override { return socket_->local(); }

 private:
  std::shared_ptr<Socket> socket_;
};

}  // namespace

Result<std::unique_ptr<DatagramSocket>> bind_udp(Endpoint local, asio::any_io_executor executor) {
  auto socket = std::make_shared<Socket>(executor);
  if (const ErrorCode error = socket->open(local)) return error;
  return std::unique_ptr<DatagramSocket>(std::make_unique<UdpSocket>(std::move(socket)));
}

}  // namespace host
