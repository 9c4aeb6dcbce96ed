// What the deployed policies make of one message on its way in: what is found in it once, and what
// follows for each recipient. Pure. Internal to this folder; lives for one reception.
//
//   encrypt     marks the message, for outbound mail only (RUL-02)
//   quarantine  holds the recipient in the queue `quarantine`
//   drop        leaves a held entry in the queue `dropped` as the record of it (and no content,
//               once every recipient is dropped)
//   exception   holds it in the queue `exception`: the message passes a bound of the search
#pragma once

#include <string_view>
#include <vector>

#include "reference/gateway/decisions.hpp"
#include "reference/queue/queue.hpp"

namespace sealgate::gateway {

inline constexpr std::string_view quarantine_queue = "quarantine";
inline constexpr std::string_view exception_queue = "exception";

class ContentPolicy {
 public:
  /// `content` is the message as it came; it may go away afterwards.
  ContentPolicy(const Decisions& decisions, const policy::Engine& policies,
                std::string_view content);

  /// Sets state, queue and reason of the recipient, and adds to the message's decision. True: it is
  /// marked Encrypt.
  bool apply(queue::NewMessage& message, queue::NewRecipient& recipient,
             const policy::Facts& facts);

  /// Of all recipients so far.
  const std::vector<policy::Incident>& incidents() const { return incidents_; }

 private:
  const Decisions& decisions_;
  const policy::Engine& policies_;
  const policy::Findings findings_;
  std::vector<policy::Incident> incidents_;
};

/// Nothing is left to deliver or to release: what was dropped is not kept.
void forget_dropped_content(queue::NewMessage& message);

}  // namespace sealgate::gateway
