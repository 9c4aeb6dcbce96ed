#include "fakes/cloud/cloud.hpp"

#include <utility>

#include "fakes/cloud/accounts.hpp"
#include "fakes/cloud/inbound.hpp"
#include "fakes/cloud/mail_service.hpp"
#include "fakes/cloud/portal.hpp"
#include "fakes/mx/mx.hpp"
#include "reference/host/io.hpp"

namespace fakes {

namespace {

constexpr std::uint16_t https_port = 443;

// What the service insists on, whatever a scenario says of its front.
MxConfig front_of(const CloudConfig& config, std::shared_ptr<MxService> service) {
  MxConfig front = config.front;
  front.relays = true;
  front.requires_tls = true;
  front.recipients_max = 1;
  front.tls.client_certificate = ClientCertificate::requested;
  front.tls.tickets = false;  // each connection shows its certificate
  front.service = std::move(service);
  return front;
}

// What anybody may hand over, without what a scenario says of the other front.
MxConfig inbound_front_of(const CloudConfig& config, std::shared_ptr<MxService> service) {
  MxConfig front;
  front.name = config.inbound.name;
  front.addresses = {config.inbound.address};
  front.domains = config.inbound.domains;
  front.recipients_max = 1;
  front.ca = config.front.ca;
  front.certificate_kind = config.front.certificate_kind;
  front.service = std::move(service);
  return front;
}

CertificateChain portal_certificate(host::Host& host, const CloudConfig& config) {
  const std::string& name = config.portal_name;
  if (!config.front.ca) return {make_self_signed(host, certificate_for(name)), {}};
  return config.front.ca->issue(host, CertificateKind::good, name);
}

// Its own frame keeps the service for as long as the mail takes.
boost::asio::awaitable<void> send(std::shared_ptr<MailService> service, std::string recipient,
                                  std::string message) {
  auto work = service->send(std::move(recipient), std::move(message));
  co_await std::move(work);
}

}  // namespace

struct Cloud::Parts {
  Parts(host::Host& a_host, Observer& observer, const CloudConfig& a_config)
      : host(a_host),
        config(a_config),
        accounts(host, config.scrypt_n),
        service(std::make_shared<MailService>(host, observer, accounts, config)),
        front(host, observer, front_of(config, service)),
        inbound(std::make_shared<Inbound>(host, observer, config.inbound, config.analysis)),
        inbound_front(host, observer, inbound_front_of(config, inbound)),
        portal(host, observer, accounts, portal_config(config),
               [this](std::string recipient, std::string message) {
                 auto work = send(service, std::move(recipient), std::move(message));
                 host::spawn(host, host.session_executor(), config.front.name, std::move(work));
               }) {}

  host::Host& host;
  CloudConfig config;
  Accounts accounts;
  std::shared_ptr<MailService> service;
  Mx front;
  std::shared_ptr<Inbound> inbound;
  Mx inbound_front;  ///< without domains it relays nothing
  Portal portal;
};

Cloud::Cloud(host::Host& host, Observer& observer, CloudConfig config)
    : parts_(std::make_unique<Parts>(host, observer, config)) {}

Cloud::~Cloud() {
  stop();
}

host::Result<void> Cloud::start() {
  const CloudConfig& config = parts_->config;
  if (const auto listening = parts_->front.start(); !listening) return listening;
  if (const auto listening = parts_->inbound_front.start(); !listening) return listening;
  for (const host::Address& address : config.front.addresses) {
    const auto listening =
        parts_->portal.start({address, https_port}, portal_certificate(parts_->host, config));
    if (!listening) return listening;
  }
  return {};
}

void Cloud::apply(CloudConfig config) {
  parts_->front.apply(front_of(config, parts_->service));  // throws before anything is changed
  parts_->service->apply(config);
  parts_->inbound_front.apply(inbound_front_of(config, parts_->inbound));
  parts_->inbound->apply(config.inbound, config.analysis);
  parts_->config = std::move(config);
}

void Cloud::drop_connections() {
  parts_->front.drop_connections();
  parts_->inbound_front.drop_connections();
  parts_->portal.drop_connections();
}

void Cloud::stop() {
  parts_->front.stop();
  parts_->inbound_front.stop();
  parts_->portal.stop();
}

}  // namespace fakes
