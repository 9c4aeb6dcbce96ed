// The handle that a program holds on its side of a simulated connection.
#include "sim/world/virtual/tcp_connection.hpp"

namespace sealcheck::world {

namespace asio = boost::asio;

namespace {

class VirtualStream final : public host::Stream {
 public:
  VirtualStream(std::shared_ptr<TcpConnection> connection, std::size_t side)
      : connection_(std::move(connection)), side_(side) {}
  ~VirtualStream() override { connection_->close(side_); }

  asio::any_io_executor executor() override { return connection_->executor(side_); }
  void start_read(asio::mutable_buffer buffer, host::IoCompletion done) override {
    connection_->start_read(side_, buffer, std::move(done));
  }
  void start_write(asio::const_buffer buffer, host::IoCompletion done) override {
    connection_->start_write(side_, buffer, std::move(done));
  }
  void shutdown_send() override { connection_->shutdown_send(side_); }
  void close() override { connection_->close(side_); }
  void reset() override { connection_->reset(side_); }
  void cancel() override { connection_->cancel(side_); }
  host::Endpoint local() const override { return connection_->endpoint(side_); }
  host::Endpoint remote() const override { return connection_->endpoint(1 - side_); }

 private:
  std::shared_ptr<TcpConnection> connection_;
  std::size_t side_;
};

}  // namespace

std::unique_ptr<host::Stream> make_stream(std::shared_ptr<TcpConnection> connection,
                                          std::size_t side) {
  return std::make_unique<VirtualStream>(std::move(connection), side);
}

}  // namespace sealcheck::world
