// What the gateway makes of mail that an encryption server hands back: each recipient's copy that
// was kept here ends, and what was encrypted goes on by route without its x-headers, past the
// policies (RUL-26). Pure but for the ids of notices. Internal to this folder.
//
//   success header          delivered onward
//   failure header          the action of the settings (RUL-11): the copy is held in the queue
//                           `encryption-failed` and its sender is told; or delivered, dropped,
//                           returned
//   neither                 the same, for a reason of its own: the two sides' settings do not match
//                           (TPA-07)
//   success, yet readable   the same, where the settings ask for it (RUL-28)
//   delivered onward before nothing: it is a second return (RUL-29)
//
// Without a copy (the server delivers, or the hand-over is not known) the message itself stands in
// its place.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "reference/gateway/reception.hpp"
#include "reference/queue/handover.hpp"

namespace sealgate::gateway {

struct ReturnFacts {
  const settings::Settings& settings;  ///< with a third-party application
  const Decisions& decisions;
  const Reception& reception;
  std::function<std::string()> make_id;  ///< Queue::make_queue_id
};

struct ReturnedMail {
  queue::Return record;
  std::vector<std::string> log;  ///< a line for each recipient
};

/// All recipients of the transaction are outbound ones.
ReturnedMail settle_return(const ReturnFacts& facts, smtp::Transaction transaction,
                           const queue::Handover& known);

/// A message that was handed over and came in again from an address outside the group takes the
/// place of the copies that wait for it: only one of them goes on (TPA-13).
queue::Return supersede(const queue::Handover& known, queue::NewMessage message,
                        host::WallTime now);

}  // namespace sealgate::gateway
