#include "sim/verdict/unaccounted.hpp"

#include <fmt/format.h>

#include "sim/verdict/delivery.hpp"

namespace sealcheck::verdict {

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
    if (consumed.contains(delivery.event->sequence)) continue;
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
  if (!failures.empty()) return failures;
  assertion.seen = fmt::format("{} deliveries, each accounted for", received.size());
  return {assertion};
}

}  // namespace sealcheck::verdict
