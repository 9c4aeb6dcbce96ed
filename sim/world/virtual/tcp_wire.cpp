// The wire's side of a TCP connection: what becomes of segments, ends and resets on their way.
#include <algorithm>
#include <boost/asio/error.hpp>

#include "sim/world/virtual/random.hpp"
#include "sim/world/virtual/tcp_connection.hpp"

namespace sealcheck::world {

namespace {

// Keys of what has no offset: apart from every byte's.
constexpr std::uint64_t fin_key = UINT64_MAX - 1;
constexpr std::uint64_t reset_key = UINT64_MAX - 2;

}  // namespace

void TcpConnection::record_deed(std::size_t side, Deed deed) {
  const Peer& from = sides_[side].peer;
  const Peer& to = other(side).peer;
  auto fields = Paths::fields(id_, from.endpoint, to.endpoint, to.node->name);
  fields.emplace_back("sender", from.node->name);
  fields.emplace_back("offset", std::to_string(deed.offset));
  network_.paths().record(std::move(deed.kind), std::move(fields), std::move(deed.bytes));
}

// --- leaving ---

void TcpConnection::put_on_wire(std::size_t side, Segment segment) {
  Side& self = sides_[side];
  if (self.blocked) return self.stuck.push_back(std::move(segment));
  const Link& way = link(side);
  if (way.parameters.swallows) return block(side, "path.swallowed", std::move(segment));
  if (segment.fin) {
    if (std::string rest = self.party.take_rest(); !rest.empty())
      schedule_segment(side, 0, segment.offset, std::move(rest));
    return schedule_arrival(side, &TcpConnection::on_fin);
  }
  if (!way.parameters.tampers() && !self.party.begun()) {
    const std::size_t size = segment.bytes.size();
    return schedule_segment(side, size, segment.offset, std::move(segment.bytes));
  }
  Passage passage = self.party.pass(way.parameters, way.revision, segment.offset, segment.bytes);
  for (Deed& deed : passage.deeds) record_deed(side, std::move(deed));
  // Beside the sender's own tcp.data: what arrives in its place.
  if (passage.altered) record_deed(side, {"path.altered", segment.offset, passage.bytes});
  if (passage.consumed > 0 || !passage.bytes.empty())
    schedule_segment(side, passage.consumed, segment.offset, std::move(passage.bytes));
  if (passage.end == Passage::End::none) return;
  segment.offset += passage.consumed;
  segment.bytes.erase(0, passage.consumed);
  if (passage.end == Passage::End::stall) return block(side, "path.stalled", std::move(segment));
  record_deed(side, {"path.reset", segment.offset});
  schedule_arrival(side, &TcpConnection::on_reset_by_path);
}

void TcpConnection::block(std::size_t side, const char* why, Segment segment) {
  record_deed(side, {why, segment.offset});
  sides_[side].blocked = true;
  sides_[side].stuck.push_back(std::move(segment));
}

void TcpConnection::on_link_change(const Node& from, const Node& to) {
  for (const std::size_t side : {client, server}) {
    Side& self = sides_[side];
    if (self.peer.node != &from || other(side).peer.node != &to) continue;
    self.blocked = false;
    for (Segment& segment : std::exchange(self.stuck, {}))
      if (self.present() && !self.error) put_on_wire(side, std::move(segment));
    serve_writer(side);     // the window may be wider
    announce_window(side);  // what was announced before may have been swallowed
  }
}

// --- on the way ---

std::int64_t TcpConnection::arrival_time(std::size_t side, std::size_t bytes, std::uint64_t key) {
  Side& self = sides_[side];
  const std::uint64_t direction = 2 * id_ + side;
  const std::int64_t earliest = network_.paths().arrival_time(link(side), bytes, direction, key);
  // Never overtakes an earlier one; equal times fire in the order of setting.
  return self.last_arrival = std::max(self.last_arrival, earliest);
}

void TcpConnection::schedule_arrival(std::size_t from, Arrival arrive) {
  const std::uint64_t key = arrive == &TcpConnection::on_fin ? fin_key : reset_key;
  network_.scheduler().add_timer(
      arrival_time(from, 0, key), host::TimerKind::activity, network_.wire(),
      make_task([self = shared_from_this(), from, arrive] { ((*self).*arrive)(from); }));
}

void TcpConnection::schedule_segment(std::size_t from, std::size_t sent, std::uint64_t offset,
                                     std::string bytes) {
  const std::int64_t due = arrival_time(from, bytes.size(), offset);  // before `bytes` moves
  network_.scheduler().add_timer(
      due, host::TimerKind::activity, network_.wire(),
      make_task([self = shared_from_this(), from, sent, bytes = std::move(bytes)]() mutable {
        self->on_segment(from, sent, std::move(bytes));
      }));
}

// The reader's side tells a sender that waits of the room it has made.
void TcpConnection::announce_window(std::size_t side) {
  const LinkParameters& inbound = link(1 - side).parameters;
  if (!other(side).waits_for_window || link(side).parameters.swallows) return;
  // Not of a few bytes: RFC 9293 section 3.8.6.2.2.
  if (room(1 - side) < std::min(inbound.segment_bytes_max, inbound.window_bytes / 2)) return;
  other(side).waits_for_window = false;
  const std::int64_t due = network_.scheduler().now() + link(side).parameters.latency.count();
  network_.scheduler().add_timer(
      due, host::TimerKind::activity, network_.wire(),
      make_task([self = shared_from_this(), side] { self->serve_writer(1 - side); }));
}

// --- arriving ---

void TcpConnection::on_segment(std::size_t from, std::size_t sent, std::string bytes) {
  Side& self = other(from);
  if (!self.peer.node->alive) return;  // nobody there: the sender waits in vain, its window filled
  sides_[from].in_flight -= sent;
  if (!self.present() || self.closed) return send_reset(1 - from);
  if (self.error) return;
  const bool first = !self.received.holds();
  self.received.hold(bytes);
  if (bytes.size() < sent) announce_window(1 - from);  // the path has kept some back
  if (!link(from).parameters.coalesces) return deliver(from);
  if (!first || bytes.empty()) return;
  network_.scheduler().add_timer(
      network_.scheduler().now() + join_window.count(), host::TimerKind::activity, network_.wire(),
      make_task([connection = shared_from_this(), from] { connection->deliver(from); }));
}

void TcpConnection::deliver(std::size_t from) {
  Side& self = other(from);
  if (!self.received.holds()) return;
  const Link& way = link(from);
  self.received.release(way.parameters.chop, random_value(way.seed, "chop", {2 * id_ + from}));
  if (self.present() && !self.closed) serve_reader(1 - from);
}

void TcpConnection::on_fin(std::size_t from) {
  Side& self = other(from);
  if (!self.peer.node->alive) return;
  if (!self.present()) return send_reset(1 - from);
  if (self.error) return;
  deliver(from);
  self.fin_received = true;
  serve_reader(1 - from);
}

void TcpConnection::send_reset(std::size_t side) {
  record(side, "tcp.reset");
  Side& self = sides_[side];
  // Behind a gap a reset does not count, and nobody repeats it (RFC 5961 section 3.2).
  if (self.blocked) return;
  if (link(side).parameters.swallows) return record_deed(side, {"path.swallowed", self.bytes_sent});
  schedule_arrival(side, &TcpConnection::on_reset);
}

void TcpConnection::on_reset(std::size_t from) {
  if (!other(from).present()) return;
  deliver(from);
  fail(1 - from, boost::asio::error::connection_reset);
}

// Forged in both directions.
void TcpConnection::on_reset_by_path(std::size_t from) {
  on_reset(from);
  on_reset(1 - from);
}

}  // namespace sealcheck::world
