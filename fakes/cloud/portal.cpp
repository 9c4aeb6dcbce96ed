#include "fakes/cloud/portal.hpp"

#include <utility>

#include "fakes/cloud/portal_answers.hpp"

namespace fakes {

Portal::Portal(host::Host& host, Observer& observer, Accounts& accounts, PortalConfig config,
               PortalMail mail)
    : answers_(std::make_shared<PortalAnswers>(host, accounts, config, std::move(mail))) {
  WebHandler handler = [answers = answers_](WebRequest request) {
    return PortalAnswers::answer(answers, std::move(request));
  };
  auto failure = [answers = answers_](unsigned status) { return answers->failure(status); };
  server_ = std::make_unique<WebServer>(host, observer, config.name, config.limits,
                                        std::move(handler), std::move(failure));
}

Portal::~Portal() = default;

host::Result<void> Portal::start(host::Endpoint local, const CertificateChain& certificate) {
  TlsContext context = TlsContext::server({});
  context.present(certificate);
  return server_->listen(local, std::move(context));
}

void Portal::drop_connections() {
  server_->drop_connections();
}

void Portal::stop() {
  server_->stop();
}

}  // namespace fakes
