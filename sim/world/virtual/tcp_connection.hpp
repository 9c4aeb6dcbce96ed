// One simulated TCP connection: two directions of ordered bytes with a window, FIN and RST
// (RFC 9293, as far as an application can tell).
//
// A closed socket answers further data with a reset, and closing one with unread data resets, as
// real stacks do; so does a machine that has forgotten the connection in a power loss. Data
// received before a reset is read before the error shows. Bytes sent and not yet read never exceed
// the link's window; a sender that waits for it learns of room one latency after the read.
//
// What the path keeps back (a stall, a link that swallows) is sent again when the link changes: no
// direction ever has a gap. The program's side is in tcp_connection.cpp, the wire's in
// tcp_wire.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>

#include "reference/host/stream.hpp"
#include "sim/world/virtual/network.hpp"
#include "sim/world/virtual/path_party.hpp"
#include "sim/world/virtual/receive_buffer.hpp"

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
  /// The link from one to the other has changed: what it kept back is sent again.
  void on_link_change(const Node& from, const Node& to);

 private:
  /// On its way: bytes, or the end of the stream.
  struct Segment {
    std::uint64_t offset = 0;
    std::string bytes;
    bool fin = false;
  };
  struct Side {
    Peer peer;
    std::uint32_t incarnation = 0;
    host::ErrorCode error;
    bool closed = false;  // the program has let go of the socket

    ReceiveBuffer received;
    bool fin_received = false;
    boost::asio::mutable_buffer read_buffer;
    host::IoCompletion reader;

    boost::asio::const_buffer write_buffer;
    host::IoCompletion writer;
    bool waits_for_window = false;
    std::size_t in_flight = 0;     // sent by this side, not yet arrived
    std::uint64_t bytes_sent = 0;  // stream offset of the next byte
    bool fin_sent = false;

    // Its way to the other side.
    PathParty party;
    bool blocked = false;       // what follows is kept back too
    std::deque<Segment> stuck;  // in the order of sending
    std::int64_t last_arrival = 0;

    bool present() const { return peer.node->alive && peer.node->incarnation == incarnation; }
  };

  Side& other(std::size_t side) { return sides_[1 - side]; }
  Link& link(std::size_t side) {
    return network_.paths().at(*sides_[side].peer.node, other(side).peer.node);
  }

  // The program's side.
  void serve_reader(std::size_t side);
  void serve_writer(std::size_t side);
  void fail(std::size_t side, host::ErrorCode error);
  std::size_t room(std::size_t side);
  void announce_window(std::size_t side);
  std::size_t transmit(std::size_t side, std::string_view bytes);

  // The wire's side.
  using Arrival = void (TcpConnection::*)(std::size_t from);
  void put_on_wire(std::size_t side, Segment segment);
  void block(std::size_t side, const char* why, Segment segment);
  void schedule_arrival(std::size_t from, Arrival arrive);
  void schedule_segment(std::size_t from, std::size_t sent, std::uint64_t offset,
                        std::string bytes);
  std::int64_t arrival_time(std::size_t side, std::size_t bytes, std::uint64_t key);
  void on_segment(std::size_t from, std::size_t sent, std::string bytes);
  void deliver(std::size_t from);
  void on_fin(std::size_t from);
  void on_reset(std::size_t from);
  void on_reset_by_path(std::size_t from);
  void send_reset(std::size_t side);

  void record(std::size_t side, std::string kind, std::string payload = {});
  void record_deed(std::size_t side, Deed deed);

  Network& network_;
  std::uint64_t id_;
  std::array<Side, 2> sides_;
};

/// The handle that a program holds on its side of a connection.
std::unique_ptr<host::Stream> make_stream(std::shared_ptr<TcpConnection> connection,
                                          std::size_t side);

}  // namespace sealcheck::world
