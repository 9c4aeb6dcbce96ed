#include "sim/verdict/flow.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace sealcheck::verdict {

std::string Flow::bytes() const {
  std::string all;
  for (const trace::Event* segment : segments) all += segment->payload;
  return all;
}

const trace::Event& Flow::segment_at(std::size_t offset) const {
  for (const trace::Event* segment : segments) {
    if (offset < segment->payload.size()) return *segment;
    offset -= segment->payload.size();
  }
  return *segments.back();
}

std::string Flow::description() const {
  const std::string what = connection.empty() ? "a datagram" : "connection " + connection;
  return fmt::format("{} from {} to {}", what, sender, receiver);
}

std::vector<Flow> collect_flows(const std::vector<trace::Event>& events) {
  std::vector<Flow> flows;
  // A host may talk to itself: the sender's endpoint tells the directions apart.
  std::map<std::pair<std::string, std::string>, std::size_t> known;
  for (const trace::Event& event : events) {
    const bool tcp = event.kind == "tcp.data";
    if (!tcp && event.kind != "udp.datagram") continue;
    std::size_t index = flows.size();
    if (tcp) {
      const std::pair key(std::string(event.field("connection")), std::string(event.field("from")));
      index = known.try_emplace(key, index).first->second;
    }
    if (index == flows.size())
      flows.push_back({event.actor,
                       std::string(event.field("peer")),
                       std::string(tcp ? event.field("connection") : ""),
                       {}});
    flows[index].segments.push_back(&event);
  }
  const auto by_offset = [](const trace::Event* a, const trace::Event* b) {
    return a->number("offset") < b->number("offset");
  };
  for (Flow& flow : flows) std::stable_sort(flow.segments.begin(), flow.segments.end(), by_offset);
  return flows;
}

}  // namespace sealcheck::verdict
