#include "sim/world/virtual/tcp_connection.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <cstring>

namespace sealcheck::world {

namespace asio = boost::asio;
using host::ErrorCode;

TcpConnection::TcpConnection(Network& network, std::uint64_t id, Peer client_peer, Peer server_peer)
    : network_(network), id_(id) {
  sides_[client].peer = std::move(client_peer);
  sides_[server].peer = std::move(server_peer);
  for (Side& side : sides_) side.incarnation = side.peer.node->incarnation;
}

void TcpConnection::record(std::size_t side, std::string kind, std::string payload) {
  const Side& from = sides_[side];
  std::vector<trace::Field> fields{{"connection", std::to_string(id_)},
                                   {"from", from.peer.endpoint.to_string()},
                                   {"to", other(side).peer.endpoint.to_string()},
                                   {"peer", other(side).peer.node->name}};
  if (!payload.empty()) fields.emplace_back("offset", std::to_string(from.bytes_sent));
  network_.trace().record(from.peer.node->name, std::move(kind), std::move(fields),
                          std::move(payload));
}

// --- what the program asks ---

void TcpConnection::start_read(std::size_t side, asio::mutable_buffer buffer,
                               host::IoCompletion done) {
  Side& self = sides_[side];
  if (buffer.size() == 0) return done({}, 0);
  self.read_buffer = buffer;
  self.reader = std::move(done);
  serve_reader(side);
}

void TcpConnection::start_write(std::size_t side, asio::const_buffer buffer,
                                host::IoCompletion done) {
  Side& self = sides_[side];
  self.write_buffer = buffer;
  self.writer = std::move(done);
  serve_writer(side);
}

void TcpConnection::shutdown_send(std::size_t side) {
  Side& self = sides_[side];
  if (self.fin_sent || self.error || !self.present()) return;
  self.fin_sent = true;
  record(side, "tcp.fin");
  schedule_arrival(side, &TcpConnection::on_fin);
}

void TcpConnection::close(std::size_t side) {
  Side& self = sides_[side];
  if (self.closed || !self.present()) return;
  cancel(side);
  if (!self.received.empty()) return reset(side);
  shutdown_send(side);
  self.closed = true;
}

void TcpConnection::reset(std::size_t side) {
  Side& self = sides_[side];
  if (self.closed || !self.present()) return;
  self.closed = true;
  if (!self.error) send_reset(side);
  fail(side, asio::error::operation_aborted);
}

void TcpConnection::cancel(std::size_t side) {
  Side& self = sides_[side];
  if (self.reader) self.reader(asio::error::operation_aborted, 0);
  if (self.writer) self.writer(asio::error::operation_aborted, 0);
}

void TcpConnection::drop(const Node& node) {
  for (Side& side : sides_) {
    if (side.peer.node != &node) continue;
    const auto reader = std::move(side.reader);  // destroyed when the side is already consistent
    const auto writer = std::move(side.writer);
    side.reader = {};
    side.writer = {};
  }
}

void TcpConnection::close_if_owned(const Node& node) {
  for (const std::size_t side : {client, server})
    if (sides_[side].peer.node == &node) close(side);
}

// --- what the wire does ---

std::int64_t TcpConnection::arrival_time(Side& side) {
  const std::int64_t earliest = network_.scheduler().now() + network_.link().latency.count();
  side.last_arrival = std::max(side.last_arrival, earliest);
  return side.last_arrival;
}

void TcpConnection::schedule_arrival(std::size_t from, void (TcpConnection::*arrive)(std::size_t)) {
  network_.scheduler().add_timer(
      arrival_time(sides_[from]), host::TimerKind::activity, network_.wire(),
      make_task([self = shared_from_this(), from, arrive] { ((*self).*arrive)(from); }));
}

std::size_t TcpConnection::room(std::size_t side) {
  const std::size_t used = sides_[side].in_flight + other(side).received.size();
  return network_.link().window_bytes - std::min(used, network_.link().window_bytes);
}

std::size_t TcpConnection::transmit(std::size_t side, std::string_view bytes) {
  Side& self = sides_[side];
  bytes = bytes.substr(0, room(side));
  for (std::size_t begin = 0; begin < bytes.size();) {
    std::string segment(bytes.substr(begin, network_.link().segment_bytes_max));
    begin += segment.size();
    record(side, "tcp.data", segment);
    self.bytes_sent += segment.size();
    self.in_flight += segment.size();
    network_.scheduler().add_timer(
        arrival_time(self), host::TimerKind::activity, network_.wire(),
        make_task([connection = shared_from_this(), side, segment = std::move(segment)]() mutable {
          connection->on_segment(side, std::move(segment));
        }));
  }
  return bytes.size();
}

void TcpConnection::on_segment(std::size_t from, std::string bytes) {
  Side& self = other(from);
  sides_[from].in_flight -= bytes.size();
  if (!self.peer.node->alive) return;  // nobody there: the sender waits in vain
  if (!self.present() || self.closed) return send_reset(1 - from);
  if (self.error) return;
  self.received += bytes;
  serve_reader(1 - from);
}

void TcpConnection::on_fin(std::size_t from) {
  Side& self = other(from);
  if (!self.present() || self.error) return;
  self.fin_received = true;
  serve_reader(1 - from);
}

void TcpConnection::send_reset(std::size_t side) {
  record(side, "tcp.reset");
  schedule_arrival(side, &TcpConnection::on_reset);
}

void TcpConnection::on_reset(std::size_t from) {
  if (other(from).present()) fail(1 - from, asio::error::connection_reset);
}

void TcpConnection::fail(std::size_t side, ErrorCode error) {
  Side& self = sides_[side];
  if (!self.error) self.error = error;
  serve_reader(side);
  serve_writer(side);
}

void TcpConnection::serve_reader(std::size_t side) {
  Side& self = sides_[side];
  if (!self.reader) return;
  if (!self.received.empty()) {
    const std::size_t count = std::min(self.received.size(), self.read_buffer.size());
    std::memcpy(self.read_buffer.data(), self.received.data(), count);
    self.received.erase(0, count);
    self.reader({}, count);
    serve_writer(1 - side);  // the window has opened
  } else if (self.error) {
    self.reader(self.error, 0);
  } else if (self.fin_received) {
    self.reader(host::Error::end_of_stream, 0);
  }
}

void TcpConnection::serve_writer(std::size_t side) {
  Side& self = sides_[side];
  if (!self.writer) return;
  if (self.error) return self.writer(self.error, 0);
  if (self.fin_sent) return self.writer(asio::error::broken_pipe, 0);
  if (self.write_buffer.size() == 0) return self.writer({}, 0);
  const std::size_t count = transmit(
      side, {static_cast<const char*>(self.write_buffer.data()), self.write_buffer.size()});
  if (count > 0) self.writer({}, count);
}

// --- the handle ---

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
