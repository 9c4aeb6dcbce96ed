#include "reference/gateway/returned_mail.hpp"

#include <fmt/format.h>

#include "reference/encryption/encrypted_content.hpp"
#include "reference/gateway/notices.hpp"
#include "reference/gateway/record.hpp"
#include "reference/message/header.hpp"
#include "reference/message/idna.hpp"
#include "reference/queue/queue.hpp"
#include "reference/smtp/path.hpp"

namespace sealgate::gateway {
namespace {

using encryption::ReturnStatus;
using message::Direction;
using queue::RecipientState;
using settings::OnEncryptionFailure;

std::string domain_of(std::string_view mailbox) {
  return message::to_ascii_domain(mailbox.substr(mailbox.rfind('@') + 1));
}

/// Null: no copy of this recipient is here any more.
const queue::StoredRecipient* copy_of(const queue::Handover& known, const std::string& address) {
  if (!known.copy) return nullptr;
  for (const auto& one : known.copy->recipients) {
    if (!is_final(one.state) && smtp::equals_ignoring_case(one.forward_path, address)) return &one;
  }
  return nullptr;
}

queue::RecipientUpdate update_of(int n, RecipientState state, host::WallTime now) {
  queue::RecipientUpdate update;
  update.n = n;
  update.state = state;
  update.at = now;
  return update;
}

/// A message that notices are about, before it is in the queue.
queue::StoredMessage as_stored(const queue::NewMessage& message) {
  queue::StoredMessage stored;
  stored.queue_id = message.queue_id;
  stored.envelope = message.envelope;
  stored.origin = message.origin;
  stored.received_at = message.received_at;
  stored.message_id_header = message.message_id_header;
  stored.encrypt = message.encrypt;
  stored.content = message.content;
  for (const auto& recipient : message.recipients) {
    auto& one = stored.recipients.emplace_back();
    one.n = static_cast<int>(stored.recipients.size()) - 1;
    one.forward_path = recipient.forward_path;
    one.notify = recipient.notify;
    one.original_recipient = recipient.original_recipient;
    one.expires_at = recipient.expires_at;
  }
  return stored;
}

class Settlement {
 public:
  Settlement(const ReturnFacts& facts, smtp::Transaction transaction, const queue::Handover& known)
      : facts_(facts),
        third_party_(*facts.settings.third_party),
        known_(known),
        recipients_(transaction.recipients),
        failure_(failure_of(transaction.content)) {
    facts.decisions.clean_return(transaction.content, third_party_);
    onward_ = begin_message(facts.settings, std::move(transaction), facts.reception);
    onward_.encrypt = true;  // what is told about it is held to the same boundary
    if (known.copy) {
      onward_.envelope.reverse_path = known.copy->envelope.reverse_path;
      onward_.envelope.ret = known.copy->envelope.ret;
      onward_.envelope.envelope_id = known.copy->envelope.envelope_id;
    }
    stray_ = onward_;
    stray_.queue_id.clear();
  }

  ReturnedMail settle() {
    for (const auto& recipient : recipients_) place(recipient);
    auto& record = returned_.record;
    record.handover = known_.id;
    record.at = facts_.reception.now;
    if (known_.copy) {
      record.copy = known_.copy->id;
      tell(*known_.copy, record.updates);
    }
    if (!stray_.recipients.empty()) {
      tell(as_stored(stray_), stray_updates_);
      keep_strays();
    }
    onward_.decision = "came back from the encryption server";
    if (!onward_.recipients.empty()) record.messages.push_back(std::move(onward_));
    return std::move(returned_);
  }

 private:
  /// Why what came back is not encrypted; empty: it is.
  std::string failure_of(const std::string& content) const {
    const auto header = message::scan_header(content);
    const auto status = facts_.decisions.return_status(header, third_party_);
    if (status == ReturnStatus::failed) return "encryption-failed";
    if (status == ReturnStatus::unmarked) return "encryption-status-missing";
    const bool readable =
        third_party_.holds_unencrypted && encryption::cover_of(content) == encryption::Cover::none;
    return readable ? "returned-unencrypted" : "";
  }

  void place(const smtp::Recipient& recipient) {
    const auto address = to_mailbox(recipient.path);
    const auto* copy = copy_of(known_, address);
    const bool before = known_.returned.contains(smtp::to_lower(address));
    if (facts_.decisions.is_second_return(before)) return log(address, "a second return: dropped");
    const auto action = third_party_.on_failure;
    if (failure_.empty() || action == OnEncryptionFailure::deliver) {
      log(address,
          failure_.empty() ? "came back encrypted" : failure_ + ": delivered all the same");
      return deliver(recipient, address, copy);
    }
    if (copy && copy->queue_name == encryption_failed_queue)
      return log(address, failure_ + ": its copy is held already");
    log(address, fmt::format("{}: {}", failure_, to_word(action)));
    if (copy)
      returned_.record.updates.push_back(failed(copy->n));
    else
      add_stray(recipient, address);
  }

  queue::NewRecipient next(const smtp::Recipient& recipient, const std::string& address,
                           const queue::StoredRecipient* copy) const {
    queue::NewRecipient made;
    made.forward_path = address;
    made.direction = to_string(Direction::outbound);
    made.notify = copy ? copy->notify : to_text(recipient.notify);
    made.original_recipient = copy ? copy->original_recipient : recipient.original_recipient;
    const auto* route = facts_.settings.routes.find(domain_of(address));
    if (route) made.route = route->name;
    made.expires_at = queue::expiry(facts_.settings.delivery.retry, facts_.reception.now);
    return made;
  }

  void deliver(const smtp::Recipient& recipient, const std::string& address,
               const queue::StoredRecipient* copy) {
    auto made = next(recipient, address, copy);
    const auto* route = facts_.settings.routes.find(domain_of(address));
    const auto plan = facts_.decisions.plan_for({Direction::outbound, false, route && route->tls},
                                                facts_.settings.encryption);
    made.method = to_word(plan.demand);
    onward_.recipients.push_back(std::move(made));
    returned_.record.returned.push_back(address);
    if (copy)
      returned_.record.updates.push_back(
          update_of(copy->n, RecipientState::delivered, facts_.reception.now));
  }

  queue::RecipientUpdate failed(int n) const {
    const bool back = third_party_.on_failure == OnEncryptionFailure::send_back;
    auto update =
        update_of(n, back ? RecipientState::failed : RecipientState::held, facts_.reception.now);
    update.reason = failure_;
    if (!back) {
      update.queue_name = third_party_.on_failure == OnEncryptionFailure::drop
                              ? queue::dropped_queue
                              : encryption_failed_queue;
    }
    return update;
  }

  void add_stray(const smtp::Recipient& recipient, const std::string& address) {
    stray_updates_.push_back(failed(static_cast<int>(stray_.recipients.size())));
    auto made = next(recipient, address, nullptr);
    made.method = to_word(encryption::Demand::third_party);  // released, it is handed over again
    made.state = RecipientState::held;
    made.queue_name = stray_updates_.back().queue_name;
    made.reason = failure_;
    stray_.recipients.push_back(std::move(made));
  }

  /// Those that nobody could be told about are held, whatever was to become of them.
  void keep_strays() {
    std::vector<queue::NewRecipient> kept;
    for (auto& update : stray_updates_) {
      if (update.state != RecipientState::held) continue;
      auto& one = stray_.recipients.at(static_cast<std::size_t>(update.n));
      one.queue_name = update.queue_name;
      kept.push_back(std::move(one));
    }
    if (kept.empty()) return;
    stray_.recipients = std::move(kept);
    stray_.decision = failure_;
    returned_.record.messages.push_back(std::move(stray_));
  }

  void tell(const queue::StoredMessage& about, std::vector<queue::RecipientUpdate>& updates) {
    Verdicts verdicts;
    for (const auto& update : updates)
      verdicts[update.n].host = facts_.reception.client.to_string();
    const NoticeContext context{facts_.decisions, facts_.settings, facts_.reception.now,
                                facts_.make_id};
    for (auto& notice : make_notices(context, about, verdicts, updates))
      returned_.record.messages.push_back(std::move(notice));
  }

  void log(const std::string& address, std::string_view what) {
    returned_.log.push_back(fmt::format("{}: from {} for {}: {}", facts_.reception.queue_id,
                                        facts_.reception.client.to_string(), domain_of(address),
                                        what));
  }

  const ReturnFacts& facts_;
  const settings::ThirdParty& third_party_;
  const queue::Handover& known_;
  const std::vector<smtp::Recipient> recipients_;
  const std::string failure_;
  queue::NewMessage onward_;
  queue::NewMessage stray_;  ///< without a copy
  std::vector<queue::RecipientUpdate> stray_updates_;
  ReturnedMail returned_;
};

}  // namespace

ReturnedMail settle_return(const ReturnFacts& facts, smtp::Transaction transaction,
                           const queue::Handover& known) {
  return Settlement(facts, std::move(transaction), known).settle();
}

queue::Return supersede(const queue::Handover& known, queue::NewMessage message,
                        host::WallTime now) {
  queue::Return made;
  made.at = now;
  if (known.copy) made.copy = known.copy->id;
  for (const auto& recipient : message.recipients) {
    const auto* copy = copy_of(known, recipient.forward_path);
    if (copy && copy->queue_name == queue::awaiting_return_queue)
      made.updates.push_back(update_of(copy->n, RecipientState::delivered, now));
  }
  made.messages.push_back(std::move(message));
  return made;
}

}  // namespace sealgate::gateway
