#include "sim/verdict/no_duplicate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "sim/verdict/delivery.hpp"
#include "sim/verdict/hybrid_hop.hpp"

namespace sealcheck::verdict {
namespace {

using Events = std::vector<trace::Event>;

// The events of one connection as its peer numbers it.
bool same_session(const trace::Event& a, const trace::Event& b) {
  return a.actor == b.actor && a.field("connection") == b.field("connection");
}

// The world's number of the TCP connection over which the delivery came; empty if not known. Ports
// come round again, so the last opening before the delivery counts.
std::string tcp_connection(const Events& events, const trace::Event& delivery) {
  const trace::Event* connected = nullptr;
  for (const trace::Event& event : events)
    if (event.kind == "smtp.connected" && same_session(event, delivery)) connected = &event;
  std::string number;
  if (!connected) return number;
  for (const trace::Event& event : events) {
    if (event.sequence > delivery.sequence) break;
    if (event.kind == "tcp.open" && event.field("from") == connected->field("peer") &&
        event.field("to") == connected->field("local"))
      number = event.field("connection");
  }
  return number;
}

bool is_cut(std::string_view how) {
  constexpr std::array<std::string_view, 5> cuts{"fault", "reset", "dropped", "stopped", "error"};
  return std::find(cuts.begin(), cuts.end(), how) != cuts.end();
}

// What the path keeps it keeps with all that follows: from there on the peer is not heard.
bool kept_on_the_way(const trace::Event& event, const trace::Event& delivery) {
  return (event.kind == "path.swallowed" || event.kind == "path.stalled") &&
         event.field("sender") == delivery.actor;
}

bool answer_was_cut_off(const Events& events, const trace::Event& delivery) {
  const std::string tcp = tcp_connection(events, delivery);
  bool cut = false;
  for (const trace::Event& event : events) {
    if (event.sequence <= delivery.sequence) continue;
    if (event.kind == "smtp.command" && same_session(event, delivery)) return false;
    if (event.kind == "smtp.closed" && same_session(event, delivery))
      cut = cut || is_cut(event.field("how"));
    if (tcp.empty() || event.field("connection") != tcp) continue;
    if (event.kind == "tcp.reset" || kept_on_the_way(event, delivery)) cut = true;
  }
  return cut;
}

// Before it goes on it can write down what it was told.
bool begins_another(const trace::Event& event, const trace::Event& delivery) {
  return event.kind == "smtp.mail" && same_session(event, delivery);
}

bool gateway_died_over_it(const plan::Plan& plan, const Events& events,
                          const trace::Event& delivery) {
  const trace::Event* answer = nullptr;
  for (const trace::Event& event : events) {
    if (event.sequence <= delivery.sequence) continue;
    if (!answer && event.kind == "smtp.reply" && same_session(event, delivery)) answer = &event;
    if (answer && begins_another(event, delivery)) return false;
    if (event.actor != plan.gateway.name) continue;
    if (event.kind == "host.killed" || event.kind == "host.power-lost")
      return !answer || event.at_ns - answer->at_ns <= crash_grace_ns;
  }
  return false;
}

bool peer_died_over_it(const Events& events, const trace::Event& delivery) {
  for (const trace::Event& event : events) {
    if (event.sequence <= delivery.sequence) continue;
    if (event.kind == "smtp.command" && same_session(event, delivery)) return false;
    if (event.actor == delivery.actor &&
        (event.kind == "host.killed" || event.kind == "host.power-lost"))
      return event.at_ns - delivery.at_ns <= crash_grace_ns;
  }
  return false;
}

bool service_died_over_it(const plan::Plan& plan, const Events& events,
                          const trace::Event& delivery) {
  for (const trace::Event& event : events) {
    if (event.sequence <= delivery.sequence || event.actor != plan.cloud->name) continue;
    if (event.kind == "host.killed" || event.kind == "host.power-lost")
      return event.at_ns - delivery.at_ns <= crash_grace_ns;
  }
  return false;
}

// What the exchanger said reached the service; did the service's word reach the gateway?
bool service_was_cut_off(const plan::Plan& plan, const Events& events, const Delivery& earlier,
                         const Delivery& later) {
  if (!came_from_service(plan, events, earlier)) return false;
  if (service_died_over_it(plan, events, *earlier.event)) return true;
  const trace::Event* answer = answer_of_service(plan, events, earlier, later);
  return !answer || answer_was_cut_off(events, *answer) ||
         gateway_died_over_it(plan, events, *answer);
}

// Between the two, somebody gave it to the gateway again.
bool came_back(const Events& events, const Delivery& earlier, const Delivery& later) {
  for (std::size_t i = earlier.event->sequence + 1; i < later.event->sequence; ++i)
    if (events[i].kind == "smtp.hand-back" && events[i].field("message") == earlier.message &&
        plain_address(events[i].field("to")) == earlier.recipient)
      return true;
  return false;
}

Assertion duplicate(const plan::Plan& plan, const Delivery& earlier, const Delivery& later,
                    Assertion assertion) {
  if (const plan::Message* message = plan.find_message(earlier.message))
    assertion.position = message->place.position;
  assertion.verdict = Verdict::fail;
  assertion.expected = fmt::format("{} for {} delivered once", earlier.message, earlier.recipient);
  assertion.seen = fmt::format(
      "{} for {} was delivered to {} at {} and again to {} at {}, though nothing kept the answer "
      "to the first from the gateway",
      earlier.message, earlier.recipient, earlier.event->actor,
      trace::readable_time(earlier.event->at_ns), later.event->actor,
      trace::readable_time(later.event->at_ns));
  return assertion;
}

}  // namespace

std::vector<Assertion> judge_no_duplicate(const plan::Plan& plan, const Events& events) {
  Assertion assertion;
  assertion.position = plan.place.position;
  assertion.source = "No duplicate: a message reaches a recipient once, unless an answer was lost";
  assertion.expected = "every message delivered to each recipient at most once";
  std::vector<Assertion> failures;
  // What the service takes it has not delivered: a row of deliveries of its own.
  std::map<std::tuple<std::string, std::string, bool>, Delivery> last;
  std::set<std::string> ours;
  for (const plan::Message& message : plan.messages) ours.insert(message.name);
  const std::set<std::uint64_t> not_the_gateways = delivered_by_servers(plan, events);
  std::size_t looked_at = 0;
  std::size_t excused = 0;
  for (const Delivery& delivery : deliveries(events)) {
    if (!ours.contains(delivery.message)) continue;  // an NDR, a notice
    if (not_the_gateways.contains(delivery.event->sequence)) continue;
    ++looked_at;
    const auto [entry, first] = last.try_emplace(
        {delivery.message, delivery.recipient, is_at_service(plan, delivery)}, delivery);
    if (first) continue;
    const Delivery earlier = std::exchange(entry->second, delivery);
    if (came_back(events, earlier, delivery)) continue;
    if (answer_was_cut_off(events, *earlier.event) ||
        gateway_died_over_it(plan, events, *earlier.event) ||
        peer_died_over_it(events, *earlier.event) ||
        service_was_cut_off(plan, events, earlier, delivery))
      ++excused;
    else
      failures.push_back(duplicate(plan, earlier, delivery, assertion));
  }
  if (!failures.empty()) return failures;
  assertion.seen =
      fmt::format("{} deliveries, {} of them repeated after a lost answer", looked_at, excused);
  return {assertion};
}

}  // namespace sealcheck::verdict
