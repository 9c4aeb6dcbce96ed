#include "fakes/cloud/cloud.hpp"

#include <openssl/ssl.h>

#include <utility>

#include "fakes/cloud/relay.hpp"
#include "fakes/mx/mx.hpp"
#include "fakes/mx/mx_service.hpp"

namespace fakes {

namespace asio = boost::asio;

namespace {

template <class T, void (*free)(T*)>
struct Free {
  void operator()(T* value) const { free(value); }
};
template <class T, void (*free)(T*)>
using Handle = std::unique_ptr<T, Free<T, free>>;

}  // namespace

/// What is behind the front, held by its connections too: they may be the last to go.
struct Cloud::Shared final : MxService, std::enable_shared_from_this<Cloud::Shared> {
  Shared(host::Host& a_host, Observer& an_observer, CloudConfig a_config)
      : host(a_host),
        observer(an_observer),
        config(std::move(a_config)),
        resolver(host, config.name_servers),
        relay(host, observer, resolver, config.front.name) {}

  asio::awaitable<std::optional<Reply>> admit(MxClient client) override;
  asio::awaitable<Reply> take(TakenMail mail) override;
  MxConfig front();

  host::Host& host;
  Observer& observer;
  CloudConfig config;
  Resolver resolver;
  Relay relay;
  std::unique_ptr<Mx> mx;
};

// What is refused here is refused before MAIL (RUL-10).
asio::awaitable<std::optional<Reply>> Cloud::Shared::admit(MxClient client) {
  const Handle<X509, X509_free> leaf(SSL_get1_peer_certificate(client.tls));
  Trust trust = judge_chain(host, *config.roots, {leaf.get(), SSL_get_peer_cert_chain(client.tls)});
  const std::string subject = subject_of(leaf.get());
  std::optional<Refusal> refusal = std::move(trust.refusal);
  if (!refusal && !config.account_enabled)
    refusal = Refusal{"account-not-enabled", "encryption is not enabled for " + subject};
  if (!refusal) {
    auto work =
        check_names(resolver, config.checks, {subject, client.name, client.address.address});
    refusal = co_await std::move(work);
  }
  observer.observe({config.front.name,
                    "cloud.client",
                    {{"connection", std::to_string(client.connection)},
                     {"subject", subject},
                     {"root", trust.label},
                     {"result", refusal ? "refused" : "admitted"},
                     {"reason", refusal ? refusal->reason : ""},
                     {"detail", refusal ? refusal->detail : ""}}});
  if (!refusal) co_return std::nullopt;
  co_return to_reply(*refusal);
}

asio::awaitable<Reply> Cloud::Shared::take(TakenMail mail) {
  auto work = relay.hand_over(mail.connection, std::move(mail.from), mail.recipients.front(),
                              std::move(mail.content));
  Reply reply = co_await std::move(work);
  co_return reply;
}

// What the service insists on, whatever a scenario says of its front.
MxConfig Cloud::Shared::front() {
  MxConfig front = config.front;
  front.relays = true;
  front.requires_tls = true;
  front.recipients_max = 1;
  front.tls.client_certificate = ClientCertificate::requested;
  front.tls.tickets = false;  // each connection shows its certificate
  front.service = shared_from_this();
  return front;
}

Cloud::Cloud(host::Host& host, Observer& observer, CloudConfig config)
    : shared_(std::make_shared<Shared>(host, observer, std::move(config))) {
  shared_->mx = std::make_unique<Mx>(host, observer, shared_->front());
}

Cloud::~Cloud() {
  stop();
  shared_->mx.reset();  // it holds the service
}

host::Result<void> Cloud::start() {
  return shared_->mx->start();
}

void Cloud::apply(CloudConfig config) {
  const CloudConfig old = std::exchange(shared_->config, std::move(config));
  try {
    shared_->mx->apply(shared_->front());
  } catch (...) {
    shared_->config = old;
    throw;
  }
}

void Cloud::drop_connections() {
  shared_->mx->drop_connections();
}

void Cloud::stop() {
  shared_->mx->stop();
}

}  // namespace fakes
