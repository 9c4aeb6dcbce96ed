#include "sim/verdict/delivery.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include "sim/verdict/pattern_set.hpp"

namespace sealcheck::verdict {

std::vector<Delivery> deliveries(const std::vector<trace::Event>& events) {
  std::vector<Delivery> result;
  for (const trace::Event& event : events) {
    if (event.kind != "smtp.message" || !is_positive(event.field("reply"))) continue;
    result.push_back(
        {std::string(event.field("message")), plain_address(event.field("to")), &event});
  }
  return result;
}

bool is_on_loan(const plan::Plan& plan, const std::vector<trace::Event>& events,
                const Delivery& delivery) {
  const auto is_it = [&](const plan::Mx& mx) {
    return mx.encryption && mx.name == delivery.event->actor;
  };
  if (std::none_of(plan.mxs.begin(), plan.mxs.end(), is_it)) return false;
  for (std::size_t i = delivery.event->sequence + 1; i < events.size(); ++i) {
    const trace::Event& event = events[i];
    if (event.kind == "seal.taken" && event.actor == delivery.event->actor &&
        event.field("connection") == delivery.event->field("connection") &&
        plain_address(event.field("to")) == delivery.recipient)
      return event.field("onward") == "returns";
  }
  return true;  // it died before it could look at it
}

std::set<std::uint64_t> delivered_by_servers(const plan::Plan& plan,
                                             const std::vector<trace::Event>& events) {
  std::set<std::string, std::less<>> addresses;
  for (const plan::Mx& mx : plan.mxs)
    if (mx.encryption) addresses.insert({mx.address, mx.way_on_address});
  std::set<std::uint64_t> found;
  if (addresses.empty()) return found;
  std::map<std::pair<std::string, std::string>, bool> theirs;  // by peer and connection
  for (const trace::Event& event : events) {
    if (event.kind != "smtp.connected" && event.kind != "smtp.message") continue;
    bool& is_theirs = theirs[{event.actor, std::string(event.field("connection"))}];
    const std::string_view peer = event.field("peer");
    if (event.kind == "smtp.connected")
      is_theirs = addresses.contains(peer.substr(0, peer.rfind(':')));
    else if (is_theirs)
      found.insert(event.sequence);
  }
  return found;
}

std::string plain_address(std::string_view address) {
  if (address.starts_with('<') && address.ends_with('>'))
    address = address.substr(1, address.size() - 2);
  return lower_ascii(address);
}

bool is_positive(std::string_view reply) {
  return reply.starts_with('2');
}

}  // namespace sealcheck::verdict
