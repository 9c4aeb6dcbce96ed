#include "reference/gateway/notices.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "reference/gateway/record.hpp"
#include "reference/message/delivery_report.hpp"
#include "reference/message/idna.hpp"
#include "reference/queue/queue.hpp"
#include "reference/smtp/path.hpp"

namespace sealgate::gateway {
namespace {

using message::Action;
using message::Direction;
using queue::RecipientState;
using Updates = std::vector<queue::RecipientUpdate*>;

std::string domain_of(std::string_view mailbox) {
  return message::to_ascii_domain(mailbox.substr(mailbox.rfind('@') + 1));
}

bool is_eight_bit(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) > 0x7f; });
}

smtp::Notify notify_of(const queue::StoredRecipient& recipient) {
  return smtp::parse_notify(recipient.notify).value_or(smtp::Notify{});
}

/// "550 5.1.1 no such user": a reply, and not the gateway's own words for what happened.
bool is_reply(std::string_view text) {
  return text.size() >= 3 && text.find_first_not_of("0123456789") == 3 &&
         (text[0] == '4' || text[0] == '5');
}

/// Of "mandatory-tls: handshake-failed; third-party: encryption-loop" the last.
std::string_view last_reason(std::string_view reason) {
  const auto at = reason.rfind(": ");
  return at == reason.npos ? reason : reason.substr(at + 2);
}

/// The words of what an encryption server did or did not do.
std::string why_not_encrypted(std::string_view all_reasons) {
  const auto reason = last_reason(all_reasons);
  if (reason == "encryption-failed") return "the encryption server could not encrypt it";
  if (reason == "encryption-status-missing")
    return "it came back from the encryption server without a word whether it is encrypted";
  if (reason == "returned-unencrypted")
    return "it came back from the encryption server, and is not encrypted";
  if (reason == "encryption-not-returned")
    return "it did not come back from the encryption server in time";
  if (reason == "encryption-loop")
    return "a mail loop between this gateway and its encryption server (encryption-loop)";
  return std::string(all_reasons);
}

std::string why(const queue::RecipientUpdate& update) {
  if (update.state == RecipientState::held)
    return fmt::format("It is held for an administrator: {}", why_not_encrypted(update.reason));
  switch (update.state) {
    case RecipientState::expired:
      return fmt::format("It could not be delivered in time: {}", update.reason);
    case RecipientState::failed:
      return fmt::format("Delivery failed for good: {}", why_not_encrypted(update.reason));
    case RecipientState::delivered:
      return "It was passed on";
    default:
      return fmt::format("Delivery failed for now: {}", update.reason);
  }
}

class NoticeWriter {
 public:
  NoticeWriter(const NoticeContext& context, const queue::StoredMessage& message,
               const Verdicts& verdicts)
      : context_(context), message_(message), verdicts_(verdicts) {}

  void report(Action action, const Updates& about) {
    if (about.empty()) return;
    message::DeliveryReport report{
        .reporting_host = context_.settings.hostname,
        .id = context_.make_id(),
        .sender = context_.decisions.report_to(message_.envelope.reverse_path),
        .envelope_id = smtp::decode_xtext(message_.envelope.envelope_id),
        .received_at = message_.received_at,
        .now = context_.now,
        .recipients = {},
        .returned = returned(action),
        .content = message_.content};
    for (const auto* update : about) report.recipients.push_back(describe(action, *update));
    auto notice = addressed_to(report.sender, report.id);
    notice.message_id_header = fmt::format("<report.{}@{}>", report.id, report.reporting_host);
    notice.decision = fmt::format("a report: {}", to_word(action));
    notice.content = make_report(report);
    notice.envelope.smtp_utf8 = is_international(report);
    notice.envelope.eight_bit = is_eight_bit(notice.content);
    made_.push_back(std::move(notice));
  }

  /// A message from the null sender, as it is, to whom nobody else would be told (RFC 5322
  /// section 3.6.6 for the fields in front).
  void redirect(const std::string& address) {
    auto notice = addressed_to(address, context_.make_id());
    notice.message_id_header = message_.message_id_header;
    notice.decision = "a report that could not be delivered";
    notice.envelope.smtp_utf8 = message_.envelope.smtp_utf8;
    notice.envelope.eight_bit = message_.envelope.eight_bit;
    notice.content =
        fmt::format("Resent-From: <postmaster@{}>\r\nResent-To: <{}>\r\nResent-Date: {}\r\n",
                    context_.settings.hostname, address, host::to_rfc5322_date(context_.now)) +
        message_.content;
    made_.push_back(std::move(notice));
  }

  std::vector<queue::NewMessage> take() { return std::move(made_); }

 private:
  message::Returned returned(Action action) const {
    const bool asked_for_all = action == Action::failed && message_.envelope.ret == "FULL" &&
                               message_.content.size() <= returned_octets_max;
    return context_.decisions.returned(message_.encrypt, asked_for_all);
  }

  message::ReportedRecipient describe(Action action, const queue::RecipientUpdate& update) const {
    const auto& recipient = message_.recipients.at(update.n);
    message::ReportedRecipient described{
        .address = recipient.forward_path,
        .original_recipient = smtp::decode_xtext(recipient.original_recipient),
        .action = action,
        .status = action == Action::relayed ? "2.0.0" : status_of(update),
        .why = why(update),
        .diagnostic = is_reply(update.reply) ? update.reply : "",
        .remote_mta = verdicts_.at(update.n).host,
        .last_attempt = update.at,
        .retry_until = {}};
    if (action == Action::delayed && update.state != RecipientState::held) {
      described.retry_until = queue::expiry(context_.settings.delivery.retry, message_.received_at);
    }
    return described;
  }

  queue::NewMessage addressed_to(const std::string& mailbox, std::string id) const {
    const auto& settings = context_.settings;
    queue::NewMessage notice;
    notice.queue_id = std::move(id);
    notice.received_at = context_.now;
    notice.encrypt = message_.encrypt;
    queue::NewRecipient recipient;
    recipient.forward_path = mailbox;
    const auto direction = settings.protected_domains.direction("", domain_of(mailbox));
    recipient.direction = to_string(direction);
    const auto* route = settings.routes.find(domain_of(mailbox));
    if (route) recipient.route = route->name;
    const auto plan = context_.decisions.plan_for(
        {direction, message_.encrypt, route && route->tls, true}, settings.encryption);
    recipient.method = to_word(plan.demand);
    recipient.expires_at = queue::expiry(settings.delivery.retry, context_.now);
    notice.recipients.push_back(std::move(recipient));
    return notice;
  }

  const NoticeContext& context_;
  const queue::StoredMessage& message_;
  const Verdicts& verdicts_;
  std::vector<queue::NewMessage> made_;
};

/// Where a message without a sender goes that could not be delivered to `failed`; none: nowhere.
std::optional<std::string> notification_address(const settings::Settings& settings,
                                                const std::string& failed) {
  const auto& address = settings.delivery.notification_address;
  if (!address || smtp::equals_ignoring_case(*address, failed)) return {};
  return address;
}

/// Not delivered, and not given up: its sender is told all the same (RUL-11).
bool is_held_to_tell(const queue::RecipientUpdate& update, const smtp::Notify& notify) {
  return update.state == RecipientState::held && update.queue_name == encryption_failed_queue &&
         (notify.tells_failure() || notify.tells_delay());
}

bool is_delay_to_tell(const NoticeContext& context, const queue::StoredMessage& message,
                      const queue::RecipientUpdate& update) {
  const auto& after = context.settings.delivery.delay_notice;
  const auto& recipient = message.recipients.at(update.n);
  return after && !recipient.delay_told && notify_of(recipient).tells_delay() &&
         context.now - message.received_at >= *after;
}

}  // namespace

std::string status_of(const queue::RecipientUpdate& update) {
  if (update.state == RecipientState::expired) return "4.4.7";
  if (is_reply(update.reply) && update.reply.size() > 4) {
    const auto code = smtp::parse_enhanced_code(std::string_view(update.reply).substr(4));
    if (code) return fmt::format("{}.{}.{}", code->status_class, code->subject, code->detail);
  }
  if (last_reason(update.reason) == "encryption-loop") return "5.4.6";
  if (update.reason == "no-such-domain") return "5.1.2";
  if (update.reason == "null-mx") return "5.1.10";
  if (update.reason == "no-usable-mx") return "5.4.4";
  return update.state == RecipientState::failed ? "5.0.0" : "4.0.0";
}

std::vector<queue::NewMessage> make_notices(const NoticeContext& context,
                                            const queue::StoredMessage& message,
                                            const Verdicts& verdicts,
                                            std::vector<queue::RecipientUpdate>& updates) {
  NoticeWriter writer(context, message, verdicts);
  const bool has_sender = !context.decisions.report_to(message.envelope.reverse_path).empty();
  bool redirected = false;
  Updates failed;
  Updates delayed;
  Updates relayed;
  for (auto& update : updates) {
    const auto& recipient = message.recipients.at(update.n);
    const auto notify = notify_of(recipient);
    const bool final_failure =
        update.state == RecipientState::failed || update.state == RecipientState::expired;
    if (final_failure && has_sender) {
      if (notify.tells_failure()) failed.push_back(&update);
    } else if (final_failure) {
      if (const auto address = notification_address(context.settings, recipient.forward_path)) {
        if (!std::exchange(redirected, true)) writer.redirect(*address);
      } else {
        update.state = RecipientState::held;
        update.queue_name = undeliverable_queue;
      }
    } else if (!has_sender) {
      continue;
    } else if (is_held_to_tell(update, notify)) {
      delayed.push_back(&update);
    } else if (update.state == RecipientState::delayed) {
      if (update.queue_name == queue::awaiting_return_queue) continue;
      if (!is_delay_to_tell(context, message, update)) continue;
      update.delay_told = true;
      delayed.push_back(&update);
    } else if (update.state == RecipientState::delivered && notify.success) {
      // A server with DSN has taken this over (RFC 3461 section 5.2.1).
      if (!verdicts.at(update.n).dsn_offered) relayed.push_back(&update);
    }
  }
  writer.report(Action::failed, failed);
  writer.report(Action::delayed, delayed);
  writer.report(Action::relayed, relayed);
  return writer.take();
}

}  // namespace sealgate::gateway
