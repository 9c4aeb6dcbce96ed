// What the sender of a message, or the administrator, is told about an attempt's outcome: an NDR
// for what failed or expired, a notice of a delay (an option), a report that a message went on to a
// server without DSN where that was asked for (RFC 3461, RFC 3464). Pure but for the ids. Internal
// to this folder.
//
//   a failure          the sender gets one NDR for all recipients that failed in this attempt,
//                      unless NOTIFY says not to
//   the sender is null no NDR for an NDR (RUL-21): the message itself goes to the notification
//                      address (RUL-06), unless that is where it could not be delivered
//   nobody to tell     the recipient is held in the queue `undeliverable`
//   not encrypted      held in the queue `encryption-failed` (RUL-11): told as a delay, for it can
//   be
//                      released
//
// A notice about a message that is marked Encrypt is held to the same boundary: it goes over
// mandatory TLS or waits, whichever way it goes, and returns no subject, address or body. Other
// notices return the header, or with RET=FULL the whole message up to returned_octets_max.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "reference/gateway/attempt_tally.hpp"
#include "reference/gateway/decisions.hpp"
#include "reference/queue/message.hpp"

namespace sealgate::gateway {

inline constexpr std::size_t returned_octets_max = 1 << 20;

struct NoticeContext {
  const Decisions& decisions;
  const settings::Settings& settings;
  host::WallTime now;
  std::function<std::string()> make_id;  ///< Queue::make_queue_id
};

/// The messages to queue together with `updates`. It may change an update: to held when nobody can
/// be told, to delay_told when a delay is. `verdicts` has an entry for each update.
std::vector<queue::NewMessage> make_notices(const NoticeContext& context,
                                            const queue::StoredMessage& message,
                                            const Verdicts& verdicts,
                                            std::vector<queue::RecipientUpdate>& updates);

/// The status of a recipient (RFC 3463): the one that the other server gave, or what the reason
/// stands for; 4.4.7 when time ran out.
std::string status_of(const queue::RecipientUpdate& update);

}  // namespace sealgate::gateway
