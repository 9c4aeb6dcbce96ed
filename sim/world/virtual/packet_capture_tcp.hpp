// The TCP packets behind a trace's tcp.* events: each connection's numbers, handshake and
// acknowledgements (RFC 9293).
//
// Events come in the order of their time. What one side sends arrives one latency later; the other
// side acknowledges it then, with the packet it sends in that instant or with a bare one. A side
// falls silent when it has reset the connection, when a reset reaches it, and when its host dies
// (host.killed, host.power-lost). A connection whose opening is not in the trace begins in the
// middle.
//
// Packets are appended in an order that is not quite that of their time: a SYN is known only when
// it has arrived. The caller sorts, keeping the order of equal times.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "sim/trace/event.hpp"
#include "sim/world/virtual/packet_capture_headers.hpp"

namespace sealcheck::world::capture {

using HostNames = std::map<host::Address, std::string>;

struct Packet {
  std::int64_t at_ns = 0;
  std::string bytes;
  std::string comment = {};
};

class TcpPackets {
 public:
  /// `names` (hosts by address) and `packets` outlive it.
  TcpPackets(std::int64_t latency_ns, const HostNames& names, std::vector<Packet>& packets);

  /// Ignores kinds that do not matter to TCP.
  void on_event(const trace::Event& event);
  /// What is still on its way arrives and is acknowledged.
  void finish();

 private:
  struct Arrival {
    std::int64_t at_ns;
    std::uint32_t sequence_end;
  };
  struct Side {
    host::Endpoint endpoint;
    std::string host = {};
    std::uint32_t next_sequence = 0;
    std::uint32_t received = 0;        ///< the acknowledgement number it would send
    std::deque<Arrival> inbound = {};  ///< sent by the other side, not yet received
    bool handshake_done = true;        ///< false: its next packet is preceded by the bare ACK
    std::int64_t silent_from_ns = std::numeric_limits<std::int64_t>::max();
  };
  using Connection = std::array<Side, 2>;  // client, server
  struct Due {
    std::int64_t at_ns;
    std::int64_t connection;
    std::size_t side;
  };

  void open(const trace::Event& event, bool accepted);
  void unanswered(const trace::Event& event);
  void sent(const trace::Event& event);
  void silence(const trace::Event& event);

  void send(std::int64_t id, std::size_t side, std::int64_t at_ns, std::uint8_t flags,
            std::string_view payload = {}, std::string comment = {});
  void emit(const Connection& connection, std::size_t side, std::int64_t at_ns, std::uint8_t flags,
            std::string_view payload = {}, std::string comment = {});
  /// Whether anything has newly arrived at that side by then.
  bool receive(Connection& connection, std::size_t side, std::int64_t at_ns);
  /// Sends the bare acknowledgements that were due before that time.
  void acknowledge_before(std::int64_t at_ns);

  const std::int64_t latency_ns_;
  const HostNames& names_;
  std::vector<Packet>& packets_;
  std::map<std::int64_t, Connection> connections_;
  std::deque<Due> due_;                // ordered by time, since the latency is constant
  std::uint16_t unknown_port_ = 1024;  // below those that the world gives out
};

}  // namespace sealcheck::world::capture
