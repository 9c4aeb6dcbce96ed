#include "reference/gateway/reception.hpp"

#include "reference/encryption/third_party.hpp"
#include "reference/gateway/content_policy.hpp"
#include "reference/message/header.hpp"
#include "reference/message/idna.hpp"
#include "reference/message/received.hpp"
#include "reference/smtp/path.hpp"

namespace sealgate::gateway {
namespace {

using message::Direction;

/// <Postmaster> has no domain (RFC 5321 section 4.1.1.3): it is whoever gets the notifications.
std::string destination(const settings::Settings& settings, const smtp::Path& recipient) {
  if (recipient.domain.empty()) return settings.delivery.notification_address.value_or("");
  return to_mailbox(recipient);
}

std::string in_words(const smtp::TlsInfo& info) {
  auto words = tls::to_text({info.version, info.cipher, info.bits, false});
  if (!info.client_certificate.empty()) words += ", client says " + info.client_certificate;
  return words;
}

std::string make_received(const settings::Settings& settings, const smtp::Transaction& transaction,
                          const Reception& reception) {
  message::ReceivedStamp stamp;
  stamp.client_helo = transaction.helo;
  stamp.client_address = reception.client.to_string();
  stamp.by = settings.hostname;
  stamp.id = reception.queue_id;
  stamp.esmtp = transaction.esmtp;
  if (transaction.tls) stamp.tls = in_words(*transaction.tls);
  // One recipient is named; with several, naming them would show blind copies.
  if (transaction.recipients.size() == 1) {
    stamp.recipient = to_mailbox(transaction.recipients.front().path);
  }
  stamp.time = reception.now;
  return message::make_received(stamp);
}

class Receiver {
 public:
  Receiver(const settings::Settings& settings, const Decisions& decisions, ContentPolicy& policy,
           const smtp::Path& sender, const Reception& reception, bool needs_decryption)
      : settings_(settings),
        decisions_(decisions),
        policy_(policy),
        sender_(sender),
        reception_(reception),
        needs_decryption_(needs_decryption) {}

  void add(queue::NewMessage& message, const smtp::Recipient& given) {
    queue::NewRecipient recipient;
    recipient.forward_path = destination(settings_, given.path);
    recipient.notify = to_text(given.notify);
    recipient.original_recipient = given.original_recipient;
    const auto domain = message::to_ascii_domain(
        std::string_view(recipient.forward_path).substr(recipient.forward_path.rfind('@') + 1));
    const auto direction = settings_.protected_domains.direction(sender_.domain, domain);
    recipient.direction = to_string(direction);
    const auto* route = settings_.routes.find(domain);
    if (route) recipient.route = route->name;

    const bool marked =
        policy_.apply(message, recipient,
                      {direction, to_mailbox(sender_), recipient.forward_path, reception_.client});
    const auto plan = decisions_.plan_for(
        {direction, marked, route && route->tls, false, needs_decryption_}, settings_.encryption);
    recipient.method = to_word(plan.demand);
    recipient.expires_at = queue::expiry(settings_.delivery.retry, reception_.now);
    message.recipients.push_back(std::move(recipient));
  }

  /// From the gateway itself, with the null sender (RFC 3834 section 3.1.1); no policy looks at it.
  queue::NewMessage notice_to(const policy::OwnerNotice& notice) const {
    queue::NewMessage message;
    message.envelope.eight_bit = true;
    message.received_at = reception_.now;
    message.content = notice.content;
    const auto header = message::scan_header(message.content);
    if (const auto* field = header.find("Message-ID")) message.message_id_header = field->value;
    message.decision = "a notice to the owner of a policy";
    queue::NewRecipient recipient;
    recipient.forward_path = notice.owner;
    const auto domain = notice.owner.substr(notice.owner.rfind('@') + 1);
    const auto direction = settings_.protected_domains.direction("", domain);
    recipient.direction = to_string(direction);
    const auto* route = settings_.routes.find(domain);
    if (route) recipient.route = route->name;
    const auto plan =
        decisions_.plan_for({direction, false, route && route->tls}, settings_.encryption);
    recipient.method = to_word(plan.demand);
    recipient.expires_at = queue::expiry(settings_.delivery.retry, reception_.now);
    message.recipients.push_back(std::move(recipient));
    return message;
  }

 private:
  const settings::Settings& settings_;
  const Decisions& decisions_;
  ContentPolicy& policy_;
  const smtp::Path& sender_;
  const Reception& reception_;
  const bool needs_decryption_;
};

/// RUL-12. What an earlier hand-over left is a sign of a loop, and stays one.
void take_out_reserved_fields(const settings::Settings& settings, const Decisions& decisions,
                              const Reception& reception, std::string& content, Received& result) {
  if (!settings.third_party) return;
  const auto header = message::scan_header(content);
  auto handover = encryption::handover_of(header);
  if (!handover) handover = encryption::handover_by_received(header, settings.hostname);
  const bool member = decisions.is_encryption_server(settings, reception.client);
  if (handover && !member && settings.trusts(reception.client)) {
    result.handover = handover->id;
    result.message.handovers = handover->count;
  }
  const auto reserved =
      member ? std::vector{settings.third_party->trigger, encryption::handover_header()}
             : encryption::reserved_headers(*settings.third_party);
  for (const auto& field : encryption::strip(content, reserved).fields) {
    if (!member) result.removed.push_back(field.substr(0, field.find(':')));
  }
}

}  // namespace

std::optional<smtp::Reply> refusal_of(const message::Header& header,
                                      const settings::Settings& settings) {
  if (header.too_big) return smtp::Reply(554, {5, 6, 0}, "the header is too big");
  if (message::count_received(header) > settings.received_max) {
    return smtp::Reply(554, {5, 4, 6}, "too many Received fields: the message goes round");
  }
  return std::nullopt;
}

bool is_outbound(const settings::Settings& settings, const smtp::Path& recipient) {
  if (recipient.domain.empty()) return false;  // <Postmaster>
  return settings.protected_domains.direction("", message::to_ascii_domain(recipient.domain)) ==
         Direction::outbound;
}

queue::NewMessage begin_message(const settings::Settings& settings, smtp::Transaction transaction,
                                const Reception& reception) {
  queue::NewMessage made;
  made.queue_id = reception.queue_id;
  made.envelope.reverse_path = to_mailbox(transaction.reverse_path);
  made.envelope.smtp_utf8 = transaction.parameters.smtp_utf8;
  made.envelope.ret = to_word(transaction.parameters.ret);
  made.envelope.envelope_id = transaction.parameters.envelope_id;
  made.envelope.eight_bit = transaction.parameters.body == smtp::BodyType::eight_bit_mime;
  made.origin = {reception.client.to_string(), transaction.helo,
                 transaction.tls ? in_words(*transaction.tls) : ""};
  made.received_at = reception.now;
  const auto header = message::scan_header(transaction.content);
  if (const auto* field = header.find("Message-ID")) made.message_id_header = field->value;
  const auto received = make_received(settings, transaction, reception);
  made.content = std::move(transaction.content);
  message::add_field_at_top(made.content, "Received", received);
  return made;
}

smtp::Reply answer_recipient(const settings::Settings& settings, const Decisions& decisions,
                             const host::Address& client, const smtp::Path& sender,
                             const smtp::Path& recipient) {
  const auto mailbox = destination(settings, recipient);
  if (mailbox.empty()) return smtp::Reply(550, {5, 1, 1}, "no such user");
  const auto domain = mailbox.substr(mailbox.rfind('@') + 1);
  const auto direction = recipient.domain.empty()
                             ? Direction::inbound
                             : settings.protected_domains.direction(sender.domain, domain);
  const bool trusted = settings.trusts(client) || decisions.is_encryption_server(settings, client);
  if (!decisions.may_send(direction, trusted)) {
    return smtp::Reply(550, {5, 7, 1}, "relaying denied");
  }
  return smtp::Reply(250, {2, 1, 5}, "recipient ok");
}

smtp::Reply answer_sender(const settings::Settings& settings, const smtp::Path& sender,
                          bool over_tls) {
  if (!over_tls && settings.inbound_tls.required_of.contains(sender.domain)) {
    return smtp::Reply(530, {5, 7, 0}, "mail of this sender is taken over TLS only");
  }
  return smtp::Reply(250, {2, 1, 0}, "sender ok");
}

std::variant<Received, smtp::Reply> receive(const settings::Settings& settings,
                                            const Decisions& decisions,
                                            const policy::Engine& policies,
                                            smtp::Transaction transaction,
                                            const Reception& reception) {
  if (auto refusal = refusal_of(message::scan_header(transaction.content), settings))
    return *std::move(refusal);
  Received result;
  take_out_reserved_fields(settings, decisions, reception, transaction.content, result);
  // Policies look at whatever came, decrypted or not (HYB-32).
  const auto decryption =
      decisions.read_decryption(settings, reception.client, transaction.content);
  result.removed.insert(result.removed.end(), decryption.forged.begin(), decryption.forged.end());
  const bool needs_decryption =
      decisions.needs_decryption(settings.decryption, decryption, transaction.content);
  ContentPolicy policy(decisions, policies, transaction.content);
  const auto sender = transaction.reverse_path;
  const auto recipients = transaction.recipients;
  const int handovers = result.message.handovers;
  auto& made = result.message;
  made = begin_message(settings, std::move(transaction), reception);
  made.handovers = handovers;
  made.decision = decryption.said;
  Receiver receiver(settings, decisions, policy, sender, reception, needs_decryption);
  for (const auto& recipient : recipients) receiver.add(made, recipient);

  const policy::NoticeFacts facts{settings.hostname, reception.queue_id, made.message_id_header,
                                  reception.now};
  for (const auto& notice : decisions.owner_notices(policy.incidents(), facts, made.content)) {
    result.notices.push_back(receiver.notice_to(notice));
  }
  forget_dropped_content(made);
  return result;
}

}  // namespace sealgate::gateway
