#include "sim/world/virtual/packet_capture_tcp.hpp"

#include <algorithm>

namespace sealcheck::world::capture {
namespace {

constexpr std::size_t client = 0;
constexpr std::size_t server = 1;

// Apart for every connection and direction, and the same in every run.
std::uint32_t initial_sequence(std::int64_t connection, std::size_t side) {
  return static_cast<std::uint32_t>(connection) * 64'000u + (side == client ? 0u : 0x80000000u);
}

std::string title(const trace::Event& event) {
  return "connection " + std::string(event.field("connection")) + ": " + event.actor + " to " +
         std::string(event.has("peer") ? event.field("peer") : event.field("to"));
}

}  // namespace

TcpPackets::TcpPackets(std::int64_t latency_ns, const HostNames& names,
                       std::vector<Packet>& packets)
    : latency_ns_(latency_ns), names_(names), packets_(packets) {}

void TcpPackets::on_event(const trace::Event& event) {
  acknowledge_before(event.at_ns);
  if (event.kind == "tcp.open") return open(event, true);
  if (event.kind == "tcp.refused") return open(event, false);
  if (event.kind == "tcp.unanswered") return unanswered(event);
  if (event.kind == "tcp.data" || event.kind == "tcp.fin" || event.kind == "tcp.reset")
    return sent(event);
  if (event.kind == "host.killed" || event.kind == "host.power-lost") return silence(event);
}

void TcpPackets::finish() {
  acknowledge_before(std::numeric_limits<std::int64_t>::max());
}

// Recorded when the SYN arrives, and answered in that instant.
void TcpPackets::open(const trace::Event& event, bool accepted) {
  const auto from = parse_endpoint(event.field("from"));
  const auto to = parse_endpoint(event.field("to"));
  if (!from || !to || from->address.is_v4() != to->address.is_v4()) return;
  const std::int64_t id = event.number("connection");
  Connection& connection = connections_[id];
  connection[client] = {*from, event.actor, initial_sequence(id, client)};
  connection[server] = {*to, std::string(event.field("peer")), initial_sequence(id, server)};
  emit(connection, client, event.at_ns - latency_ns_, syn, {}, title(event));
  connection[server].received = ++connection[client].next_sequence;
  if (accepted) {
    connection[client].handshake_done = false;
    send(id, server, event.at_ns, syn | ack);
  } else {
    connection[server].next_sequence = 0;  // RFC 9293 section 3.5.2: no state to number from
    emit(connection, server, event.at_ns, rst | ack, {}, "refused: nobody listens there");
    for (Side& side : connection) side.silent_from_ns = event.at_ns;
  }
}

void TcpPackets::unanswered(const trace::Event& event) {
  const std::int64_t id = event.number("connection");
  if (const auto found = connections_.find(id); found != connections_.end()) {
    // The answer is under way and will find nobody.
    found->second[client].silent_from_ns = event.at_ns;
    return;
  }
  const auto to = parse_endpoint(event.field("to"));
  if (!to) return;
  auto from = parse_endpoint(event.field("from"));
  if (!from) {
    const auto home = std::find_if(names_.begin(), names_.end(), [&](const auto& entry) {
      return entry.second == event.actor && entry.first.is_v4() == to->address.is_v4();
    });
    from = host::Endpoint{to->address.is_v4() ? host::Address(boost::asio::ip::address_v4())
                                              : host::Address(boost::asio::ip::address_v6()),
                          unknown_port_++};
    if (home != names_.end()) from->address = home->first;
  }
  if (from->address.is_v4() != to->address.is_v4()) return;
  const TcpHeader header{*from, *to, initial_sequence(id, client), 0, syn};
  packets_.push_back(
      {event.at_ns, tcp_packet(header), title(event) + ", unanswered: sent earlier, given up now"});
}

void TcpPackets::sent(const trace::Event& event) {
  const std::int64_t id = event.number("connection");
  const auto from = parse_endpoint(event.field("from"));
  auto found = connections_.find(id);
  if (found == connections_.end()) {
    const auto to = parse_endpoint(event.field("to"));
    if (!from || !to || from->address.is_v4() != to->address.is_v4()) return;
    Connection begun;
    begun[client] = {*from, event.actor, initial_sequence(id, client) + 1,
                     initial_sequence(id, server) + 1};
    begun[server] = {*to, std::string(event.field("peer")), initial_sequence(id, server) + 1,
                     initial_sequence(id, client) + 1};
    found = connections_.emplace(id, std::move(begun)).first;
  }
  Connection& connection = found->second;
  const std::size_t side = from == connection[client].endpoint ? client : server;
  if (event.kind == "tcp.fin") return send(id, side, event.at_ns, fin | ack);
  if (event.kind == "tcp.reset") {
    send(id, side, event.at_ns, rst | ack, {}, event.actor + " resets");
    std::int64_t& here = connection[side].silent_from_ns;
    std::int64_t& there = connection[1 - side].silent_from_ns;
    here = std::min(here, event.at_ns);
    there = std::min(there, event.at_ns + latency_ns_);
    return;
  }
  for (std::string_view rest = event.payload; !rest.empty();) {
    const std::string_view segment = rest.substr(0, payload_bytes_max);
    send(id, side, event.at_ns, psh | ack, segment);
    rest.remove_prefix(segment.size());
  }
}

void TcpPackets::silence(const trace::Event& event) {
  for (auto& entry : connections_)
    for (Side& side : entry.second)
      if (side.host == event.actor)
        side.silent_from_ns = std::min(side.silent_from_ns, event.at_ns);
}

void TcpPackets::send(std::int64_t id, std::size_t side, std::int64_t at_ns, std::uint8_t flags,
                      std::string_view payload, std::string comment) {
  Connection& connection = connections_.at(id);
  Side& self = connection[side];
  receive(connection, side, at_ns);
  emit(connection, side, at_ns, flags, payload, std::move(comment));
  const std::size_t numbered = payload.size() + ((flags & (syn | fin)) ? 1 : 0);
  if (numbered == 0) return;
  self.next_sequence += static_cast<std::uint32_t>(numbered);
  connection[1 - side].inbound.push_back({at_ns + latency_ns_, self.next_sequence});
  due_.push_back({at_ns + latency_ns_, id, 1 - side});
}

void TcpPackets::emit(const Connection& connection, std::size_t side, std::int64_t at_ns,
                      std::uint8_t flags, std::string_view payload, std::string comment) {
  const Side& self = connection[side];
  const TcpHeader header{self.endpoint, connection[1 - side].endpoint, self.next_sequence,
                         (flags & ack) ? self.received : 0, flags};
  packets_.push_back({at_ns, tcp_packet(header, payload), std::move(comment)});
}

bool TcpPackets::receive(Connection& connection, std::size_t side, std::int64_t at_ns) {
  Side& self = connection[side];
  if (!self.handshake_done) {  // the SYN/ACK is here: the client could not act before
    self.handshake_done = true;
    self.received = self.inbound.front().sequence_end;
    self.inbound.pop_front();
    emit(connection, side, at_ns, ack);
  }
  bool anything = false;
  for (; !self.inbound.empty() && self.inbound.front().at_ns <= at_ns; anything = true) {
    self.received = self.inbound.front().sequence_end;
    self.inbound.pop_front();
  }
  return anything;
}

void TcpPackets::acknowledge_before(std::int64_t at_ns) {
  for (; !due_.empty() && due_.front().at_ns < at_ns; due_.pop_front()) {
    const Due due = due_.front();
    Connection& connection = connections_.at(due.connection);
    if (due.at_ns >= connection[due.side].silent_from_ns) continue;
    if (receive(connection, due.side, due.at_ns)) emit(connection, due.side, due.at_ns, ack);
  }
}

}  // namespace sealcheck::world::capture
