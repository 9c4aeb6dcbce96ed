#include "sim/world/virtual/packet_capture.hpp"

#include <algorithm>

#include "sim/world/virtual/packet_capture_blocks.hpp"
#include "sim/world/virtual/packet_capture_tcp.hpp"

namespace sealcheck::world {
namespace {

using namespace capture;

bool is_traffic(const trace::Event& event) {
  return event.kind.starts_with("tcp.") || event.kind == "udp.datagram";
}

HostNames names_of_hosts(const std::vector<trace::Event>& events) {
  HostNames names;
  for (const trace::Event& event : events) {
    if (!is_traffic(event)) continue;
    if (const auto from = parse_endpoint(event.field("from"))) names[from->address] = event.actor;
    const auto to = parse_endpoint(event.field("to"));
    if (to && event.has("peer") && event.field("peer") != "nobody")
      names[to->address] = event.field("peer");
  }
  return names;
}

void add_datagram(const trace::Event& event, std::vector<Packet>& packets) {
  const auto from = parse_endpoint(event.field("from"));
  const auto to = parse_endpoint(event.field("to"));
  if (!from || !to || from->address.is_v4() != to->address.is_v4()) return;
  const auto payload = std::string_view(event.payload).substr(0, payload_bytes_max);
  const bool cut = payload.size() < event.payload.size();
  packets.push_back(
      {event.at_ns, udp_packet(*from, *to, payload),
       cut ? "cut: " + std::to_string(event.payload.size()) + " bytes were sent" : ""});
}

}  // namespace

std::string to_pcapng(const std::vector<trace::Event>& events, const std::string& tls_secrets,
                      std::int64_t wall_epoch_ns, std::int64_t latency_ns) {
  const HostNames names = names_of_hosts(events);
  std::vector<Packet> packets;
  TcpPackets tcp(latency_ns, names, packets);
  for (const trace::Event& event : events) {
    tcp.on_event(event);
    if (event.kind == "udp.datagram") add_datagram(event, packets);
  }
  tcp.finish();
  std::stable_sort(packets.begin(), packets.end(),
                   [](const Packet& a, const Packet& b) { return a.at_ns < b.at_ns; });

  PcapngFile file(
      "Simulated by sealcheck: handshakes, acknowledgements and checksums are synthesised. Each "
      "packet bears the time at which it left its sender.",
      "world");
  if (!tls_secrets.empty()) file.add_tls_secrets(tls_secrets);
  if (!names.empty()) file.add_names(names);
  for (const Packet& packet : packets)
    file.add_packet(wall_epoch_ns + packet.at_ns, packet.bytes, packet.comment);
  return file.take();
}

}  // namespace sealcheck::world
