#include "sim/verdict/unaccounted.hpp"

#include <fmt/format.h>

#include "sim/verdict/delivery.hpp"
#include "sim/verdict/hybrid_hop.hpp"

namespace sealcheck::verdict {

namespace {

// Whether the peer sends back what it has taken there: the next thing on that connection.
bool is_handed_back(const std::vector<trace::Event>& events, const Delivery& delivery) {
  for (std::size_t i = delivery.event->sequence + 1; i < events.size(); ++i) {
    const trace::Event& event = events[i];
    if (event.actor != delivery.event->actor ||
        event.field("connection") != delivery.event->field("connection"))
      continue;
    if (event.kind == "smtp.command") return false;
    if (event.kind == "smtp.hand-back" && event.field("message") == delivery.message &&
        plain_address(event.field("to")) == delivery.recipient)
      return true;
  }
  return false;
}

bool is_opening(const trace::Event& event) {
  return event.kind == "recipient.reads" || event.kind == "recipient.refused";
}

// What a recipient's browser asked for is accounted for by what the recipient then does.
std::set<std::string> browsers(const std::vector<trace::Event>& events) {
  std::set<std::string> endpoints;
  for (const trace::Event& event : events)
    if (event.kind == "recipient.page") endpoints.emplace(event.field("local"));
  return endpoints;
}

}  // namespace

std::vector<Assertion> judge_unaccounted(const plan::Plan& plan,
                                         const std::vector<trace::Event>& events,
                                         const std::set<std::uint64_t>& consumed) {
  Assertion assertion;
  assertion.position = plan.place.position;
  assertion.source = "Unaccounted: what a peer received, an expectation accounts for";
  assertion.expected = "nothing received beyond what the scenario expects";
  std::vector<Assertion> failures;
  const std::vector<Delivery> received = deliveries(events);
  for (const Delivery& delivery : received) {
    if (consumed.contains(delivery.event->sequence) || is_handed_back(events, delivery)) continue;
    if (is_at_service(plan, delivery) && was_handed_over(events, delivery)) continue;
    const plan::Message* message = plan.find_message(delivery.message);
    Assertion failure = assertion;
    if (message) failure.position = message->place.position;
    failure.verdict = Verdict::fail;
    failure.seen = fmt::format(
        "{} received {} for {} at {}, which no expectation accounts for", delivery.event->actor,
        message ? delivery.message : "a message that the scenario does not know",
        delivery.recipient, trace::readable_time(delivery.event->at_ns));
    failures.push_back(failure);
  }
  const std::set<std::string> known = browsers(events);
  std::size_t requests = 0;
  const auto fail = [&](std::string seen) {
    Assertion failure = assertion;
    failure.verdict = Verdict::fail;
    failure.seen = std::move(seen);
    failures.push_back(failure);
  };
  for (const trace::Event& event : events) {
    const bool is_request = event.kind == "portal.request";
    requests += is_request;
    if (is_request && !known.contains(std::string(event.field("peer"))))
      fail(fmt::format("{} was asked for {} by {} at {}, which no recipient accounts for",
                       event.actor, event.field("path"), event.field("peer"),
                       trace::readable_time(event.at_ns)));
    if (is_opening(event) && !consumed.contains(event.sequence))
      fail(fmt::format("{} {} {} at {}, which no expectation accounts for", event.actor,
                       event.kind == "recipient.reads" ? "reads" : "is refused",
                       event.field("message"), trace::readable_time(event.at_ns)));
  }
  if (!failures.empty()) return failures;
  assertion.seen =
      fmt::format("{} deliveries{}, each accounted for", received.size(),
                  requests == 0 ? std::string() : fmt::format(" and {} portal requests", requests));
  return {assertion};
}

}  // namespace sealcheck::verdict
