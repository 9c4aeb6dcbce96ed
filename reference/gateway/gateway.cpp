#include "reference/gateway/gateway.hpp"

#include <algorithm>
#include <stdexcept>

#include "reference/gateway/core.hpp"
#include "reference/gateway/delivery.hpp"
#include "reference/gateway/deployed_policies.hpp"
#include "reference/gateway/inbound_session.hpp"
#include "reference/host/io.hpp"

namespace sealgate::gateway {
namespace {

using boost::asio::awaitable;
using host::ErrorCode;
using queue::RecipientState;
using Entries = std::vector<sealgate::queue::Entry>;

/// All entries, page by page.
awaitable<host::Result<Entries>> read_entries(CorePtr core, sealgate::queue::Filter filter) {
  Entries all;
  for (;;) {
    auto reading = core->queue->snapshot(filter);
    auto page = co_await std::move(reading);
    if (!page) co_return page.error();
    for (auto& entry : *page) all.push_back(std::move(entry));
    if (page->size() < filter.limit) co_return std::move(all);
    filter.after = {all.back().message, all.back().recipient.n};
  }
}

awaitable<void> release_delayed(CorePtr core) {
  sealgate::queue::Filter delayed;
  delayed.state = RecipientState::delayed;
  auto reading = read_entries(core, delayed);
  const auto entries = co_await std::move(reading);
  if (!entries) {
    core->host.log(host::Severity::error, "queue", "flush: " + entries.error().message());
    co_return;
  }
  for (const auto& entry : *entries) {
    // At an encryption server: to try it again would be to hand it over twice.
    if (entry.recipient.queue_name == sealgate::queue::awaiting_return_queue) continue;
    // Delivered meanwhile: then there is nothing to release.
    auto releasing =
        core->queue->release({entry.message, entry.recipient.n}, core->host.wall_now());
    co_await std::move(releasing);
  }
  core->delivery_wake.notify();
}

/// A listening socket; the coroutine that accepts owns it.
struct Listening {
  host::Endpoint endpoint;
  std::weak_ptr<host::Acceptor> acceptor;
};

void close(const Listening& listening) {
  const auto acceptor = listening.acceptor.lock();
  if (!acceptor) return;
  boost::asio::post(acceptor->executor(), [acceptor] { acceptor->close(); });
}

using Acceptors = std::vector<std::shared_ptr<host::Acceptor>>;

/// Throws std::runtime_error; then none of them is listened on.
Acceptors open_all(host::Host& host, const std::vector<host::Endpoint>& endpoints) {
  Acceptors acceptors;
  for (const auto& endpoint : endpoints) {
    auto opened = host.listen(endpoint, host.session_executor());
    if (!opened) {
      throw std::runtime_error("cannot listen on " + endpoint.to_string() + ": " +
                               opened.error().message());
    }
    acceptors.push_back(std::move(opened).value());
  }
  return acceptors;
}

bool same_schedule(const sealgate::queue::RetryPolicy& a, const sealgate::queue::RetryPolicy& b) {
  return a.interval == b.interval && a.growth == b.growth && a.max_period == b.max_period;
}

}  // namespace

struct Gateway::Running {
  CorePtr core;
  std::unique_ptr<tls::CertificateStore> certificates;
  std::vector<Listening> listening;

  void serve(const std::vector<host::Endpoint>& endpoints, const Acceptors& acceptors) {
    for (std::size_t i = 0; i < acceptors.size(); ++i) {
      listening.push_back({endpoints[i], acceptors[i]});
      core->run(core->host.session_executor(), "inbound", accept_clients(core, acceptors[i]));
    }
  }

  bool listens_on(const host::Endpoint& endpoint) const {
    return std::any_of(listening.begin(), listening.end(),
                       [&](const Listening& one) { return one.endpoint == endpoint; });
  }

  void close_all_but(const std::vector<host::Endpoint>& kept) {
    std::erase_if(listening, [&](const Listening& one) {
      const bool goes = std::find(kept.begin(), kept.end(), one.endpoint) == kept.end();
      if (goes) close(one);
      return goes;
    });
  }
};

Gateway::Gateway(std::unique_ptr<Running> running) : running_(std::move(running)) {}
Gateway::~Gateway() = default;

awaitable<std::unique_ptr<Gateway>> Gateway::start(host::Host& host, settings::Settings settings,
                                                   const Decisions& decisions) {
  if (settings.hostname.empty()) throw std::runtime_error("the gateway has no host name");
  auto loading = tls::CertificateStore::open(host, settings.hostname);
  auto certificates = co_await std::move(loading);
  auto opening = sealgate::queue::Queue::open(host);
  auto opened = co_await std::move(opening);
  auto running = std::make_unique<Running>();
  auto core = std::make_shared<Core>(host, decisions, certificates->current(), std::move(opened));
  running->core = core;
  running->certificates = std::move(certificates);
  auto policies = load_policies(host, settings.policies);
  core->policies = co_await std::move(policies);
  const auto endpoints = settings.listen;
  core->configuration =
      std::make_shared<Configuration>(host, std::move(settings), core->credentials, decisions);
  running->serve(endpoints, open_all(host, endpoints));
  core->run(host.queue_executor(), "delivery", run_deliveries(core));
  co_return std::unique_ptr<Gateway>(new Gateway(std::move(running)));
}

awaitable<host::Result<Entries>> Gateway::queue() {
  sealgate::queue::Filter everything;
  everything.history = true;
  return read_entries(running_->core, everything);
}

awaitable<ErrorCode> Gateway::apply(settings::Settings settings) {
  auto core = running_->core;
  const auto before = core->configuration.load();
  const auto policy = settings.delivery.retry;
  const bool moved = !same_schedule(before->settings.delivery.retry, policy);
  sealgate::queue::Queue::Schedule schedule = [policy, &decisions = core->decisions](
                                                  const sealgate::queue::RetryTimes& times) {
    return decisions.next_attempt(policy, times.attempts, times.last_attempt, times.first_queued);
  };
  const auto listen = settings.listen;
  auto added = listen;
  std::erase_if(added, [&](const auto& endpoint) { return running_->listens_on(endpoint); });
  ConfigurationPtr after;
  Acceptors acceptors;
  try {
    after = std::make_shared<Configuration>(core->host, std::move(settings), core->credentials,
                                            core->decisions);
    acceptors = open_all(core->host, added);
  } catch (const std::runtime_error& error) {
    core->host.log(host::Severity::error, "settings", error.what());
    co_return boost::system::errc::make_error_code(boost::system::errc::invalid_argument);
  }
  // First the settings: an attempt that ends from here on is scheduled by the new ones, and one
  // that ended before has its row in front of the rescheduling.
  core->configuration = after;
  if (moved) {
    auto rescheduling = core->queue->reschedule(std::move(schedule));
    const auto error = co_await std::move(rescheduling);
    if (error) {
      core->configuration = before;
      co_return error;
    }
  }
  running_->close_all_but(listen);
  running_->serve(added, acceptors);
  core->delivery_wake.notify();
  co_return ErrorCode{};
}

std::shared_ptr<const settings::Settings> Gateway::settings() const {
  const auto now = running_->core->configuration.load();
  return {now, &now->settings};
}

tls::CertificateStore& Gateway::certificates() {
  return *running_->certificates;
}

void Gateway::present_certificate() {
  auto& core = *running_->core;
  core.credentials = running_->certificates->current();
  core.configuration = std::make_shared<Configuration>(
      core.host, core.configuration.load()->settings, core.credentials, core.decisions);
}

std::shared_ptr<const policy::PolicySet> Gateway::deployed() const {
  const auto engine = running_->core->policies.load();
  return {engine, &engine->deployed()};
}

policy::Deployment Gateway::pending_deployment() const {
  const auto& core = running_->core;
  return policy::deploy(core->configuration.load()->settings.policies,
                        core->policies.load()->deployed());
}

std::optional<std::string> Gateway::objection_to(const settings::Settings& wanted) const {
  const auto& core = *running_->core;
  if (settings()->encryption.other == wanted.encryption.other) return std::nullopt;
  auto why = core.decisions.hybrid_objection(wanted.encryption, core.policies.load()->deployed());
  if (why) *why += ": it is in force until the policies are deployed again";
  return why;
}

std::optional<std::string> Gateway::objection_to_deployment() const {
  return running_->core->decisions.hybrid_objection(settings()->encryption,
                                                    pending_deployment().deployed);
}

awaitable<host::Result<policy::Deployment>> Gateway::deploy() {
  auto core = running_->core;
  auto deployment = pending_deployment();
  if (deployment.changes.empty()) co_return deployment;
  if (const auto why = objection_to_deployment()) {
    core->host.log(host::Severity::warning, "policy", "not deployed: " + *why);
    co_return make_error_code(boost::system::errc::operation_not_permitted);
  }
  auto engine = std::make_shared<const policy::Engine>(deployment.deployed);
  auto storing = store_policies(core->host, deployment.deployed);
  const auto error = co_await std::move(storing);
  if (error) co_return error;
  core->policies = std::move(engine);
  for (const auto& change : deployment.changes) {
    core->host.log(host::Severity::info, "policy", "deployed: " + policy::to_text(change));
  }
  co_return deployment;
}

void Gateway::flush() {
  auto core = running_->core;
  core->run(core->host.queue_executor(), "queue", release_delayed(core));
}

awaitable<ErrorCode> Gateway::release(sealgate::queue::Selection which) {
  auto core = running_->core;
  auto releasing = core->queue->release(which, core->host.wall_now());
  const auto error = co_await std::move(releasing);
  core->delivery_wake.notify();
  co_return error;
}

awaitable<ErrorCode> Gateway::pause(sealgate::queue::Selection which) {
  return running_->core->queue->hold(which, "", "paused");
}

awaitable<ErrorCode> Gateway::remove(sealgate::queue::Selection which) {
  return running_->core->queue->remove(which);
}

awaitable<void> Gateway::stop() {
  auto core = running_->core;
  core->stopping = true;
  running_->close_all_but({});
  core->streams.cancel_all();
  core->delivery_wake.notify();
  while (core->tasks > 0) {
    co_await core->stop_wake.wait_until(core->host.mono_now() + std::chrono::minutes(1));
  }
}

}  // namespace sealgate::gateway
