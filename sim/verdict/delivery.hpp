// What peers took responsibility for, read from the trace.
//
// A delivery is one smtp.message event: one message for one recipient whose final dot was answered
// 2xx at some peer, whichever it is. Pointers go into the events, which must outlive it.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sim/plan/plan.hpp"
#include "sim/trace/event.hpp"

namespace sealcheck::verdict {

struct Delivery {
  std::string message;    ///< the plan's name, or "unknown"
  std::string recipient;  ///< see plain_address
  const trace::Event* event = nullptr;
};

/// In the order of the trace.
std::vector<Delivery> deliveries(const std::vector<trace::Event>& events);

/// Whether the peer that took it works on it and gives it to the gateway again, so that it has
/// still to be delivered: an encryption server of the plan, unless it was set to deliver itself.
bool is_on_loan(const plan::Plan& plan, const std::vector<trace::Event>& events,
                const Delivery& delivery);

/// Of the smtp.message events, those that did not come from the gateway but from an encryption
/// server: their sequence numbers.
std::set<std::uint64_t> delivered_by_servers(const plan::Plan& plan,
                                             const std::vector<trace::Event>& events);

/// An address to compare with: without angle brackets, ASCII letters in lower case. RFC 5321
/// section 2.4 lets the local part's case count; no two recipients of a scenario differ by it
/// alone.
std::string plain_address(std::string_view address);

/// Whether an SMTP reply, its code or its whole text, is 2xx.
bool is_positive(std::string_view reply);

}  // namespace sealcheck::verdict
