#include "sim/verdict/hybrid_hop.hpp"

namespace sealcheck::verdict {

using trace::Event;

bool is_at_service(const plan::Plan& plan, const Delivery& delivery) {
  return plan.cloud && delivery.event->actor == plan.cloud->name;
}

bool came_from_service(const plan::Plan& plan, const std::vector<Event>& events,
                       const Delivery& delivery) {
  if (!plan.cloud) return false;
  bool its = false;
  for (const Event& event : events) {
    if (event.sequence > delivery.event->sequence) break;
    if (event.kind == "smtp.connected" && event.actor == delivery.event->actor &&
        event.field("connection") == delivery.event->field("connection"))
      its = event.field("peer").starts_with(plan.cloud->address + ":");
  }
  return its;
}

bool was_handed_over(const std::vector<Event>& events, const Delivery& at_service) {
  for (const Event& event : events) {
    if (event.sequence > at_service.event->sequence) break;
    if (event.kind == "cloud.relayed" && event.actor == at_service.event->actor &&
        event.field("connection") == at_service.event->field("connection") &&
        plain_address(event.field("to")) == at_service.recipient &&
        is_positive(event.field("code")))
      return true;
  }
  return false;
}

const Event* answer_of_service(const plan::Plan& plan, const std::vector<Event>& events,
                               const Delivery& earlier, const Delivery& later) {
  for (std::size_t i = earlier.event->sequence + 1; i < later.event->sequence; ++i) {
    const Event& event = events[i];
    if (event.kind == "smtp.message" && event.actor == plan.cloud->name &&
        event.field("message") == earlier.message &&
        plain_address(event.field("to")) == earlier.recipient)
      return &event;
  }
  return nullptr;
}

}  // namespace sealcheck::verdict
