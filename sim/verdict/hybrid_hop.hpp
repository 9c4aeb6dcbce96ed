// The hop over the hybrid service: what it takes has still to reach the recipient's mail exchanger,
// to which it gives it before it answers (RUL-22).
//
// A plan without the service has no such hop. Pointers go into the events.
#pragma once

#include "sim/plan/plan.hpp"
#include "sim/verdict/delivery.hpp"

namespace sealcheck::verdict {

/// Whether it is the service that took it.
bool is_at_service(const plan::Plan& plan, const Delivery& delivery);

/// Whether it is the service that brought it to a mail exchanger.
bool came_from_service(const plan::Plan& plan, const std::vector<trace::Event>& events,
                       const Delivery& delivery);

/// Whether the service said, on the connection over which it took it, that it handed it over.
bool was_handed_over(const std::vector<trace::Event>& events, const Delivery& at_service);

/// The service's answer for the message and recipient, between the two deliveries; null: none.
const trace::Event* answer_of_service(const plan::Plan& plan,
                                      const std::vector<trace::Event>& events,
                                      const Delivery& earlier, const Delivery& later);

}  // namespace sealcheck::verdict
