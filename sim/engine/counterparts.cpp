#include "sim/engine/counterparts.hpp"

namespace sealcheck::engine {
namespace {

// What travels from the peer that connected to the machine that recorded the event.
bool comes_in(const trace::Event& event) {
  return event.kind == "smtp.command" || event.kind == "smtp.message" ||
         event.kind == "tls.established" || event.kind == "tls.failed";
}

}  // namespace

Arrow Counterparts::see(const trace::Event& event) {
  if (event.kind.starts_with("tcp.")) {
    if (event.kind == "tcp.open") opened_by_[std::string(event.field("from"))] = event.actor;
    return {event.actor, std::string(event.field("peer"))};
  }
  if (event.kind.starts_with("path."))
    return {std::string(event.field("sender")), std::string(event.field("peer"))};
  const std::pair key(event.actor, std::string(event.field("connection")));
  if (event.kind == "smtp.connected") {
    const auto opener = opened_by_.find(event.field("peer"));
    if (opener != opened_by_.end()) other_[key] = opener->second;
  }
  const auto other = other_.find(key);
  if (key.second.empty() || other == other_.end()) return {};
  if (comes_in(event)) return {other->second, event.actor};
  return {event.actor, other->second};
}

}  // namespace sealcheck::engine
