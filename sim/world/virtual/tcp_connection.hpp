// One simulated TCP connection: two directions of ordered bytes with a window, FIN and RST
// (RFC 9293, as far as an application can tell).
//
// A closed socket answers further data with a reset, and closing one with unread data resets, as
// real stacks do. Data received before a reset is read before the error shows.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include "reference/host/stream.hpp"
#include "sim/world/virtual/network.hpp"

namespace sealcheck::world {

class TcpConnection : public std::enable_shared_from_this<TcpConnection> {
 public:
  static constexpr std::size_t client = 0;
  static constexpr std::size_t server = 1;

  struct Peer {
    Node* node;
    host::Endpoint endpoint;
    boost::asio::any_io_executor executor;
  };

  TcpConnection(Network& network, std::uint64_t id, Peer client_peer, Peer server_peer);

  std::uint64_t id() const { return id_; }
  const host::Endpoint& endpoint(std::size_t side) const { return sides_[side].peer.endpoint; }
  const boost::asio::any_io_executor& executor(std::size_t side) const {
    return sides_[side].peer.executor;
  }

  void start_read(std::size_t side, boost::asio::mutable_buffer buffer, host::IoCompletion done);
  void start_write(std::size_t side, boost::asio::const_buffer buffer, host::IoCompletion done);
  void shutdown_send(std::size_t side);
  void close(std::size_t side);
  void reset(std::size_t side);
  void cancel(std::size_t side);

  /// Power loss of a machine: its side falls silent, its pending operations are destroyed.
  void drop(const Node& node);
  /// Kill of a program: the kernel closes its side.
  void close_if_owned(const Node& node);

 private:
  struct Side {
    Peer peer;
    std::uint32_t incarnation = 0;
    std::string received;  // arrived and not yet read
    bool fin_received = false;
    host::ErrorCode error;
    boost::asio::mutable_buffer read_buffer;
    host::IoCompletion reader;
    boost::asio::const_buffer write_buffer;
    host::IoCompletion writer;
    std::size_t in_flight = 0;     // sent by this side, not yet arrived
    std::uint64_t bytes_sent = 0;  // stream offset of the next byte
    std::int64_t last_arrival = 0;
    bool fin_sent = false;
    bool closed = false;  // the program has let go of the socket

    bool present() const { return peer.node->alive && peer.node->incarnation == incarnation; }
  };

  Side& other(std::size_t side) { return sides_[1 - side]; }
  std::size_t room(std::size_t side);
  std::size_t transmit(std::size_t side, std::string_view bytes);
  void schedule_arrival(std::size_t from, void (TcpConnection::*arrive)(std::size_t));
  std::int64_t arrival_time(Side& side);
  void on_segment(std::size_t from, std::string bytes);
  void on_fin(std::size_t from);
  void on_reset(std::size_t from);
  void send_reset(std::size_t side);
  void serve_reader(std::size_t side);
  void serve_writer(std::size_t side);
  void fail(std::size_t side, host::ErrorCode error);
  void record(std::size_t side, std::string kind, std::string payload = {});

  Network& network_;
  std::uint64_t id_;
  std::array<Side, 2> sides_;
};

/// The handle that a program holds on its side of a connection.
std::unique_ptr<host::Stream> make_stream(std::shared_ptr<TcpConnection> connection,
                                          std::size_t side);

}  // namespace sealcheck::world
