#include "reference/gateway/delivery_attempt.hpp"

#include <algorithm>
#include <cassert>

#include "reference/gateway/legs.hpp"
#include "reference/routing/mx_lookup.hpp"
#include "reference/smtp/path.hpp"

namespace sealgate::gateway {
namespace {

using boost::asio::awaitable;
using encryption::AfterTlsFailure;
using encryption::Demand;
using message::Direction;
using namespace std::chrono_literals;

constexpr auto lookup_timeout = 1min;

/// The queue stores the gateway's own word.
Direction direction_from(const std::string& word) {
  if (word == to_string(Direction::inbound)) return Direction::inbound;
  return word == to_string(Direction::internal) ? Direction::internal : Direction::outbound;
}

/// A policy marked one of the recipients of this attempt Encrypt (RUL-18: per recipient); those of
/// one domain are marked alike.
bool is_marked(const queue::StoredMessage& message, const std::vector<int>& recipients) {
  if (!message.encrypt || message.made_here()) return message.encrypt;
  return std::any_of(recipients.begin(), recipients.end(), [&](int n) {
    const auto& method = message.recipients.at(n).method;
    return method != to_word(Demand::plain) && method != to_word(Demand::opportunistic_tls) &&
           method != to_word(Demand::decryption);
  });
}

smtp::OutgoingMessage outgoing(const queue::StoredMessage& message,
                               const std::vector<int>& recipients, const encryption::Leg& leg) {
  smtp::OutgoingMessage made;
  made.reverse_path = smtp::parse_mailbox(message.envelope.reverse_path).value_or(smtp::Path{});
  for (const int n : recipients) {
    const auto path = smtp::parse_mailbox(message.recipients.at(n).forward_path);
    assert(path && "the queue holds what smtp printed");
    const auto& recipient = message.recipients.at(n);
    made.recipients.push_back({*path, smtp::parse_notify(recipient.notify).value_or(smtp::Notify{}),
                               recipient.original_recipient});
  }
  made.content = leg.transform ? leg.transform(message.content) : message.content;
  made.smtp_utf8 = message.envelope.smtp_utf8;
  made.ret = smtp::parse_return(message.envelope.ret).value_or(smtp::Return::unspecified);
  made.envelope_id = message.envelope.envelope_id;
  return made;
}

/// A service that refuses the session says nothing about the recipients (RUL-10).
void be_patient(ConnectionResult& result) {
  using Kind = smtp::SessionFailure::Kind;
  auto& outcome = result.outcome;
  if (!outcome.failure || (outcome.failure->kind != Kind::greeting_refused &&
                           outcome.failure->kind != Kind::hello_refused)) {
    return;
  }
  result.failure = encryption::Failure::session_refused;
  for (auto& one : outcome.recipients) {
    if (one.disposition == smtp::Disposition::permanent)
      one.disposition = smtp::Disposition::temporary;
  }
}

/// Not the Core's: stop() leaves it behind.
awaitable<routing::MailHosts> look_up(host::Host& host, ConfigurationPtr configuration,
                                      encryption::Leg leg, std::string domain) {
  auto& resolver = configuration->resolver;
  const auto deadline = host.mono_now() + lookup_timeout;
  if (leg.servers) {
    const auto turn = configuration->turns.next(std::string(to_word(leg.method)));
    auto found = routing::find_servers(resolver, *leg.servers, turn, deadline);
    co_return co_await std::move(found);
  }
  const auto* route = configuration->settings.routes.find(domain);
  if (route && !route->servers.empty()) {
    const auto turn = configuration->turns.next(route->name);
    auto found = routing::find_servers(resolver, route->servers, turn, deadline);
    co_return co_await std::move(found);
  }
  auto found = routing::find_hosts(resolver, host, std::move(domain), deadline);
  co_return co_await std::move(found);
}

class Attempt {
 public:
  Attempt(CorePtr core, ConfigurationPtr configuration, AttemptRequest request,
          KeptConnection& kept)
      : core_(std::move(core)),
        configuration_(std::move(configuration)),
        request_(std::move(request)),
        kept_(kept),
        tally_(request_.recipients) {}

  awaitable<Verdicts> run() {
    executor_ = co_await boost::asio::this_coro::executor;
    const auto& settings = configuration_->settings;
    const auto* route = settings.routes.find(request_.domain);
    const auto& first = request_.message->recipients.at(request_.recipients[0]);
    const encryption::RecipientFacts facts{
        direction_from(first.direction), is_marked(*request_.message, request_.recipients),
        route && route->tls, request_.message->made_here(),
        settings.decryption.gateway && first.method == to_word(Demand::decryption)};
    const auto plan = core_->decisions.plan_for(facts, settings.encryption);
    auto first_method = run_method(plan.demand);
    co_await std::move(first_method);
    if (!plan.second || core_->stopping) co_return tally_.verdicts();
    auto left = tally_.open();
    std::erase_if(left,
                  [&](int n) { return !core_->decisions.second_follows(tally_.first_method(n)); });
    if (left.empty()) co_return tally_.verdicts();
    core_->host.log(host::Severity::info, "delivery",
                    request_.message->queue_id + ": " + tally_.verdicts().at(left[0]).reason +
                        " at " + request_.domain + ", on by " + std::string(to_word(*plan.second)));
    tally_.reopen_for_second(std::move(left), to_word(plan.demand), to_word(*plan.second));
    auto second_method = run_method(*plan.second);
    co_await std::move(second_method);
    co_return tally_.verdicts();
  }

 private:
  awaitable<void> run_method(Demand method) {
    const auto& settings = configuration_->settings;
    auto chosen = leg_for(method, *core_, settings, *request_.message);
    if (const auto* unavailable = std::get_if<encryption::Unavailable>(&chosen)) {
      tally_.add(*unavailable);
      co_return;
    }
    leg_ = std::get<encryption::Leg>(std::move(chosen));
    if (has_order_of_its_own())
      leg_.servers = core_->server_health.in_order(*leg_.servers, core_->host.mono_now());
    auto looking = until_stop(core_, look_up(core_->host, configuration_, leg_, request_.domain));
    auto hosts = co_await std::move(looking);
    if (!hosts) co_return;
    if (!*hosts) {
      auto failure = hosts->error();
      if (leg_.servers) failure.permanent = false;
      tally_.add(failure);
      co_return;
    }
    prefer_kept(hosts->value());
    if (!leg_.one_recipient) {
      auto trying = try_hosts(hosts->value());
      co_await std::move(trying);
      co_return;
    }
    const auto each = tally_.open();
    for (const int n : each) {
      tally_.reopen({n});
      auto trying = try_hosts(hosts->value());
      co_await std::move(trying);
      auto settling = request_.settle(tally_.take(n));
      auto settled = on_executor(core_->host.queue_executor(), std::move(settling));
      co_await std::move(settled);
    }
  }

  /// The encryption servers: tried in the order of their list, those that failed of late last.
  bool has_order_of_its_own() const {
    return leg_.method == Demand::third_party && leg_.servers.has_value();
  }

  awaitable<void> try_hosts(const std::vector<routing::MailHost>& hosts) {
    for (const auto& host : hosts) {
      for (const auto& address : host.addresses) {
        if (tally_.open().empty() || core_->stopping) co_return;
        auto trying = try_address({host.name, address});
        co_await std::move(trying);
      }
      if (has_order_of_its_own() && !core_->stopping) note_health(host);
    }
  }

  void note_health(const routing::MailHost& host) {
    const auto port = host.addresses.front().port;
    if (session_failed_)
      core_->server_health.failed(host.name, port, core_->host.mono_now());
    else
      core_->server_health.worked(host.name, port);
  }

  TlsDemand on_connection() const {
    if (leg_.tls == Demand::plain) return in_clear();
    return {smtp::TlsUse::required, encryption::level_for(leg_.tls, configuration_->settings.tls),
            leg_.client_certificate, leg_.login};
  }

  TlsDemand in_clear() const {
    TlsDemand demand;
    demand.login = leg_.login;
    return demand;
  }

  /// Among hosts of equal preference the one that we are connected to already comes first.
  void prefer_kept(std::vector<routing::MailHost>& hosts) {
    if (!kept_ || !kept_->serves(configuration_, on_connection())) return;
    const auto is_kept = [&](const routing::MailHost& host) {
      return host.preference == hosts.front().preference && host.name == kept_->target().host;
    };
    const auto found = std::find_if(hosts.begin(), hosts.end(), is_kept);
    if (found != hosts.end()) std::rotate(hosts.begin(), found, found + 1);
  }

  /// One address: one connection, or two where plain text follows on a failure of TLS.
  awaitable<void> try_address(Target target) {
    auto first = carry(target, on_connection());
    const auto result = co_await std::move(first);
    if (leg_.tls == Demand::plain || !result.failure || core_->stopping) co_return;
    if (tally_.open().empty()) co_return;  // decided, whatever it failed of
    const auto next = core_->decisions.after_failure(leg_.tls, *result.failure);
    if (next == AfterTlsFailure::give_up_host) co_return;
    if (leg_.login && !leg_.login->in_clear) co_return;  // RUL-30
    core_->host.log(host::Severity::info, "delivery",
                    request_.message->queue_id + ": " + std::string(to_word(*result.failure)) +
                        " at " + target.host + ", on in plain text");
    auto second = carry(target, in_clear());
    co_await std::move(second);
  }

  /// What is open of the message, over one connection: the kept one if it fits and still stands.
  awaitable<ConnectionResult> carry(Target target, TlsDemand demand) {
    auto connection = std::exchange(kept_, nullptr);
    const bool fits =
        connection && connection->serves(configuration_, demand) && connection->target() == target;
    if (!fits) {
      if (connection) retire(core_, executor_, std::move(connection));
      connection = std::make_unique<ClientConnection>(core_, configuration_, target, demand);
    }
    auto delivery = connection->deliver(outgoing(*request_.message, tally_.open(), leg_));
    auto result = co_await std::move(delivery);
    if (result.stale && !core_->stopping) {
      connection = std::make_unique<ClientConnection>(core_, configuration_, target, demand);
      auto again = connection->deliver(outgoing(*request_.message, tally_.open(), leg_));
      result = co_await std::move(again);
    }
    if (leg_.servers) read_refusal(result);
    session_failed_ = result.failure.has_value();
    tally_.add(result, target.host, leg_.return_within);
    if (connection->serves(configuration_, demand)) kept_ = std::move(connection);
    co_return result;
  }

  void read_refusal(ConnectionResult& result) const {
    const auto& failure = result.outcome.failure;
    const bool permanently = failure && !result.tls.empty() && failure->reply.permanent();
    be_patient(result);
    if (!result.failure || !leg_.client_certificate || !configuration_->self_signed) return;
    result.failure = encryption::blame_self_signed(*result.failure, permanently);
  }

  CorePtr core_;
  ConfigurationPtr configuration_;
  AttemptRequest request_;
  KeptConnection& kept_;
  AttemptTally tally_;
  encryption::Leg leg_;          // under way
  bool session_failed_ = false;  // the last one
  boost::asio::any_io_executor executor_;
};

awaitable<void> quit(KeptConnection connection) {
  auto quitting = connection->quit();
  co_await std::move(quitting);
}

}  // namespace

awaitable<Verdicts> attempt_delivery(CorePtr core, ConfigurationPtr configuration,
                                     AttemptRequest request, KeptConnection& kept) {
  Attempt attempt(std::move(core), std::move(configuration), std::move(request), kept);
  auto running = attempt.run();
  co_return co_await std::move(running);
}

void retire(const CorePtr& core, const boost::asio::any_io_executor& executor,
            KeptConnection connection) {
  core->run(executor, "delivery", quit(std::move(connection)));
}

}  // namespace sealgate::gateway
