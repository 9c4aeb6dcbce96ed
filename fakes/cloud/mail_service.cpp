#include "fakes/cloud/mail_service.hpp"

#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <utility>

#include "fakes/cloud/hex.hpp"
#include "fakes/cloud/receipt.hpp"
#include "fakes/core/message_data.hpp"
#include "reference/host/io.hpp"

namespace fakes {

namespace asio = boost::asio;

namespace {

constexpr std::uint16_t smtp_port = 25;
constexpr host::Duration receipt_patience = std::chrono::minutes(5);

template <class T, void (*free)(T*)>
struct Free {
  void operator()(T* value) const { free(value); }
};
template <class T, void (*free)(T*)>
using Handle = std::unique_ptr<T, Free<T, free>>;

// "@hybrid.test" of "portal.hybrid.test".
std::string host_domain(const std::string& name) {
  return "@" + name.substr(std::min(name.find('.') + 1, name.size()));
}

asio::awaitable<void> forget(asio::awaitable<Reply> work) {
  co_await std::move(work);
}

EnvelopeTexts texts_of(const CloudConfig& config) {
  EnvelopeTexts texts;
  texts.portal_url = Portal::open_url(portal_config(config));
  return texts;
}

}  // namespace

PortalConfig portal_config(const CloudConfig& config) {
  PortalConfig portal;
  portal.name = config.portal_name;
  portal.origin = "https://" + config.portal_name;
  portal.fault = config.fault;
  portal.mail_from = "no-reply" + host_domain(config.portal_name);
  return portal;
}

MailService::MailService(host::Host& host, Observer& observer, Accounts& accounts,
                         CloudConfig config)
    : host_(host),
      observer_(observer),
      config_(std::move(config)),
      resolver_(host, config_.name_servers),
      sender_(host, observer, config_.front.name),
      relay_(host, observer, resolver_, sender_, config_.front.name),
      analyst_(host, observer, config_.front.name, config_.analysis),
      sealer_(host, accounts, texts_of(config_)) {}

void MailService::apply(CloudConfig config) {
  config_ = std::move(config);
  analyst_.apply(config_.analysis);
}

// What is refused here is refused before MAIL (RUL-10).
asio::awaitable<std::optional<Reply>> MailService::admit(MxClient client) {
  const Handle<X509, X509_free> leaf(SSL_get1_peer_certificate(client.tls));
  const ShownChain chain{leaf.get(), SSL_get_peer_cert_chain(client.tls)};
  Trust trust = judge_chain(host_, *config_.roots, chain);
  if (config_.fault == CloudFault::trusts_names && !trust.claimed.empty()) trust.refusal.reset();
  const std::string subject = subject_of(leaf.get());
  std::optional<Refusal> refusal = std::move(trust.refusal);
  if (!refusal && !config_.account_enabled)
    refusal = Refusal{"account-not-enabled", "encryption is not enabled for " + subject};
  if (!refusal && config_.fault != CloudFault::looks_up_nothing) {
    ClientNames names{subject, client.name, client.address.address};
    auto work = check_names(resolver_, config_.checks, std::move(names));
    refusal = co_await std::move(work);
  }
  observer_.observe({config_.front.name,
                     "cloud.client",
                     {{"connection", std::to_string(client.connection)},
                      {"subject", subject},
                      {"root", trust.label},
                      {"distrusted", trust.distrusted ? "yes" : "no"},
                      {"result", refusal ? "refused" : "admitted"},
                      {"reason", refusal ? refusal->reason : ""},
                      {"detail", refusal ? refusal->detail : ""}}});
  if (!refusal) co_return std::nullopt;
  co_return to_reply(*refusal);
}

asio::awaitable<Reply> MailService::take(TakenMail mail) {
  auto looking = analyst_.look_through(mail.connection, mail.content);
  host::Result<Analysis> analysis = co_await std::move(looking);
  if (ignores(config_.fault, analysis)) analysis = Analysis{};
  if (!analysis) co_return no_verdict(analysis.error());
  auto work = analysis->verdict == Analysis::Verdict::clean
                  ? seal_and_hand_over(std::move(mail))
                  : give_notice(std::move(mail), *analysis);
  Reply reply = co_await std::move(work);
  co_return reply;
}

asio::awaitable<Reply> MailService::seal_and_hand_over(TakenMail mail) {
  ToSeal about{mail.from, mail.recipients.front(), peek_header(mail.content, "Message-ID")};
  const CloudFault fault = config_.fault;
  const std::string clear = fault == CloudFault::none ? std::string() : mail.content;
  auto sealing = sealer_.seal(std::move(about), std::move(mail.content));
  host::Result<std::string> envelope = co_await std::move(sealing);
  if (!envelope) co_return Reply{451, "4.3.0", {"It cannot be sealed now"}};
  if (fault == CloudFault::keeps_clear_copies || fault == CloudFault::keeps_sealed_copies) {
    auto writing = host_.storage().replace_file(
        "copy", fault == CloudFault::keeps_clear_copies ? clear : *envelope);
    co_await std::move(writing);
  }
  if (fault == CloudFault::seals_nothing) *envelope = clear;
  auto work = relay_.hand_over(mail.connection, std::move(mail.from), mail.recipients.front(),
                               std::move(*envelope));
  if (fault == CloudFault::answers_early) {
    host::spawn(host_, host_.session_executor(), config_.front.name, forget(std::move(work)));
    co_return Reply{250, "2.0.0", {"Accepted"}};
  }
  Reply reply = co_await std::move(work);
  co_return reply;
}

// The receipt is the gateway's before the message is anybody's no longer.
asio::awaitable<Reply> MailService::give_notice(TakenMail mail, Analysis analysis) {
  if (mail.from.empty()) co_return refusal_of(analysis);
  Receipt receipt;
  receipt.reporting_mta = config_.front.name;
  receipt.id = next_receipt_id();
  receipt.sender = mail.from;
  receipt.recipient = mail.recipients.front();
  receipt.message_id = peek_header(mail.content, "Message-ID");
  receipt.analysis = analysis;
  receipt.received_at = receipt.now = host_.wall_now();
  Submission submission;
  submission.helo = config_.front.name;
  submission.recipients = {mail.from};
  submission.content = make_receipt(receipt);
  if (config_.fault == CloudFault::quotes_in_receipts) submission.content += mail.content;
  submission.use_tls = UseTls::if_offered;
  submission.give_up_at = host_.mono_now() + receipt_patience;
  auto work = sender_.send({mail.client, smtp_port}, std::move(submission));
  const SendResult result = co_await std::move(work);
  if (result.outcome == SendOutcome::accepted)
    co_return Reply{250, "2.0.0", {"Not handed over: a receipt is on its way"}};
  if (result.outcome == SendOutcome::permanent) co_return refusal_of(analysis);
  co_return Reply{451, "4.4.1", {"The receipt about it cannot be delivered: " + result.text}};
}

asio::awaitable<void> MailService::send(std::string recipient, std::string message) {
  auto work = relay_.hand_over(0, "", std::move(recipient), std::move(message));
  co_await std::move(work);
}

std::string MailService::next_receipt_id() {
  std::array<std::byte, 12> random{};
  host_.fill_random(random);
  return to_hex(std::string_view(reinterpret_cast<const char*>(random.data()), random.size()));
}

}  // namespace fakes
