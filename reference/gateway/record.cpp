#include "reference/gateway/record.hpp"

#include <fmt/format.h>

namespace sealgate::gateway {

using queue::RecipientState;

queue::RecipientUpdate make_update(const Decisions& decisions, const queue::RetryPolicy& policy,
                                   const queue::StoredMessage& message, int n,
                                   const RecipientVerdict& verdict, host::WallTime now) {
  queue::RecipientUpdate update;
  update.n = n;
  update.reason = verdict.reason;
  update.reply = verdict.reply;
  update.tls = verdict.tls;
  update.at = now;
  if (verdict.disposition == smtp::Disposition::delivered) {
    update.state = RecipientState::delivered;
    return update;
  }
  if (verdict.disposition == smtp::Disposition::temporary) {
    const int attempts = message.recipients.at(n).attempts + 1;
    update.next_attempt_at = decisions.next_attempt(policy, attempts, now, message.received_at);
  }
  const bool goes_on = update.next_attempt_at.has_value();
  update.state = goes_on ? RecipientState::delayed : RecipientState::held;
  update.queue_name = goes_on ? delayed_queue : undeliverable_queue;
  return update;
}

std::string log_line(const queue::StoredMessage& message, const queue::RecipientUpdate& update,
                     const RecipientVerdict& verdict) {
  const auto& path = message.recipients.at(update.n).forward_path;
  const auto head =
      fmt::format("{}: #{} at {}", message.queue_id, update.n, path.substr(path.rfind('@') + 1));
  if (update.state == RecipientState::delivered) {
    return fmt::format("{} delivered to {} {}{}", head, verdict.host,
                       update.tls.empty() ? "in plain text" : "over ", update.tls);
  }
  if (update.state == RecipientState::delayed) {
    return fmt::format("{} delayed: {}, next attempt {}", head, update.reason,
                       host::to_rfc3339(*update.next_attempt_at));
  }
  return fmt::format("{} undeliverable: {}", head, update.reason);
}

}  // namespace sealgate::gateway
