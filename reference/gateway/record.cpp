#include "reference/gateway/record.hpp"

#include <fmt/format.h>

#include "reference/queue/queue.hpp"

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
    if (verdict.return_within) {
      update.state = RecipientState::delayed;
      update.queue_name = queue::awaiting_return_queue;
      update.reason = queue::awaiting_return_queue;
      update.next_attempt_at = now + *verdict.return_within;
    }
    return update;
  }
  if (verdict.disposition == smtp::Disposition::temporary) {
    const int attempts = message.recipients.at(n).attempts + 1;
    update.next_attempt_at = decisions.next_attempt(policy, attempts, now, message.received_at);
  }
  if (update.next_attempt_at) {
    update.state = RecipientState::delayed;
    update.queue_name = delayed_queue;
  } else {
    const bool permanent = verdict.disposition == smtp::Disposition::permanent;
    update.state = permanent ? RecipientState::failed : RecipientState::expired;
  }
  return update;
}

queue::RecipientUpdate make_overdue(int n, host::WallTime now) {
  queue::RecipientUpdate update;
  update.n = n;
  update.state = RecipientState::held;
  update.queue_name = encryption_failed_queue;
  update.reason = "encryption-not-returned";
  update.at = now;
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
  if (update.queue_name == queue::awaiting_return_queue) {
    return fmt::format("{} handed over to {} {}{}, due back {}", head, verdict.host,
                       update.tls.empty() ? "in plain text" : "over ", update.tls,
                       host::to_rfc3339(*update.next_attempt_at));
  }
  if (update.state == RecipientState::delayed) {
    return fmt::format("{} delayed: {}, next attempt {}", head, update.reason,
                       host::to_rfc3339(*update.next_attempt_at));
  }
  return fmt::format("{} {}: {}", head,
                     update.state == RecipientState::held ? std::string_view(update.queue_name)
                                                          : to_word(update.state),
                     update.reason);
}

std::string log_line(const queue::StoredMessage& message, const queue::NewMessage& notice) {
  const auto& path = notice.recipients.at(0).forward_path;
  return fmt::format("{}: {}: {} to {}", message.queue_id, notice.decision, notice.queue_id,
                     path.substr(path.rfind('@') + 1));
}

}  // namespace sealgate::gateway
