#include "sim/world/virtual/tcp_connection.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>

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
  const Side& to = other(side);
  auto fields = Paths::fields(id_, from.peer.endpoint, to.peer.endpoint, to.peer.node->name);
  if (!payload.empty()) fields.emplace_back("offset", std::to_string(from.bytes_sent));
  network_.trace().record(from.peer.node->name, std::move(kind), std::move(fields),
                          std::move(payload));
}

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
  put_on_wire(side, {self.bytes_sent, {}, true});
}

void TcpConnection::close(std::size_t side) {
  Side& self = sides_[side];
  if (self.closed || !self.present()) return;
  cancel(side);
  if (self.received.size() > 0) return reset(side);
  shutdown_send(side);
  self.closed = true;
}

void TcpConnection::reset(std::size_t side) {
  Side& self = sides_[side];
  if (self.closed || !self.present()) return;
  self.closed = true;
  if (!self.error) send_reset(side);
  self.stuck.clear();
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

void TcpConnection::fail(std::size_t side, ErrorCode error) {
  Side& self = sides_[side];
  if (!self.error) self.error = error;
  serve_reader(side);
  serve_writer(side);
}

void TcpConnection::serve_reader(std::size_t side) {
  Side& self = sides_[side];
  if (!self.reader || !self.present()) return;
  if (self.received.readable()) {
    const std::size_t count = self.received.take(self.read_buffer.data(), self.read_buffer.size());
    self.reader({}, count);
    announce_window(side);
  } else if (self.error) {
    self.reader(self.error, 0);
  } else if (self.fin_received) {
    self.reader(host::Error::end_of_stream, 0);
  }
}

void TcpConnection::serve_writer(std::size_t side) {
  Side& self = sides_[side];
  if (!self.writer || !self.present()) return;  // the dead send nothing
  if (self.error) return self.writer(self.error, 0);
  if (self.fin_sent) return self.writer(asio::error::broken_pipe, 0);
  if (self.write_buffer.size() == 0) return self.writer({}, 0);
  const std::size_t count = transmit(
      side, {static_cast<const char*>(self.write_buffer.data()), self.write_buffer.size()});
  self.waits_for_window = count == 0;
  if (count > 0) self.writer({}, count);
}

std::size_t TcpConnection::room(std::size_t side) {
  const std::size_t window = link(side).parameters.window_bytes;
  return window - std::min(sides_[side].in_flight + other(side).received.size(), window);
}

std::size_t TcpConnection::transmit(std::size_t side, std::string_view bytes) {
  Side& self = sides_[side];
  bytes = bytes.substr(0, room(side));
  for (std::size_t begin = 0; begin < bytes.size();) {
    std::string segment(bytes.substr(begin, link(side).parameters.segment_bytes_max));
    begin += segment.size();
    record(side, "tcp.data", segment);
    const std::uint64_t offset = self.bytes_sent;
    self.bytes_sent += segment.size();
    self.in_flight += segment.size();
    put_on_wire(side, {offset, std::move(segment)});
  }
  return bytes.size();
}

}  // namespace sealcheck::world
