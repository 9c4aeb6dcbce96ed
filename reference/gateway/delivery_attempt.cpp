#include "reference/gateway/delivery_attempt.hpp"

#include <algorithm>
#include <cassert>

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
    return method != to_word(Demand::plain) && method != to_word(Demand::opportunistic_tls);
  });
}

smtp::OutgoingMessage outgoing(const queue::StoredMessage& message,
                               const std::vector<int>& recipients) {
  smtp::OutgoingMessage made;
  made.reverse_path = smtp::parse_mailbox(message.envelope.reverse_path).value_or(smtp::Path{});
  for (const int n : recipients) {
    const auto path = smtp::parse_mailbox(message.recipients.at(n).forward_path);
    assert(path && "the queue holds what smtp printed");
    const auto& recipient = message.recipients.at(n);
    made.recipients.push_back({*path, smtp::parse_notify(recipient.notify).value_or(smtp::Notify{}),
                               recipient.original_recipient});
  }
  made.content = message.content;
  made.smtp_utf8 = message.envelope.smtp_utf8;
  made.ret = smtp::parse_return(message.envelope.ret).value_or(smtp::Return::unspecified);
  made.envelope_id = message.envelope.envelope_id;
  return made;
}

awaitable<routing::MailHosts> look_up(CorePtr core, ConfigurationPtr configuration,
                                      const routing::Route* route, std::string domain) {
  auto& resolver = configuration->resolver;
  const auto deadline = core->host.mono_now() + lookup_timeout;
  if (route && !route->servers.empty()) {
    auto found = routing::find_servers(resolver, core->host, route->servers, deadline);
    co_return co_await std::move(found);
  }
  auto found = routing::find_hosts(resolver, core->host, std::move(domain), deadline);
  co_return co_await std::move(found);
}

/// One address: one connection, or two where plain text follows on a failure of TLS.
awaitable<void> try_address(CorePtr core, ConfigurationPtr configuration, Target target,
                            Demand demand, const AttemptRequest& request, AttemptTally& tally) {
  const bool tls = demand == Demand::mandatory_tls || demand == Demand::opportunistic_tls;
  const auto use = tls ? smtp::TlsUse::required : smtp::TlsUse::never;
  auto first = deliver_over_connection(core, configuration, target, use,
                                       outgoing(*request.message, tally.open()));
  const auto result = co_await std::move(first);
  tally.add(result, target.host);
  if (!tls || !result.failure || !encryption::is_tls_failure(*result.failure)) co_return;
  if (core->stopping) co_return;
  if (core->decisions.after_tls_failure(demand) == AfterTlsFailure::give_up_host) co_return;

  core->host.log(host::Severity::info, "delivery",
                 request.message->queue_id + ": " + std::string(to_word(*result.failure)) + " at " +
                     target.host + ", on in plain text");
  auto second = deliver_over_connection(core, configuration, target, smtp::TlsUse::never,
                                        outgoing(*request.message, tally.open()));
  const auto plain = co_await std::move(second);
  tally.add(plain, target.host);
}

}  // namespace

awaitable<Verdicts> attempt_delivery(CorePtr core, ConfigurationPtr configuration,
                                     AttemptRequest request) {
  AttemptTally tally(request.recipients);
  const auto& message = *request.message;
  const auto& settings = configuration->settings;
  const auto* route = settings.routes.find(request.domain);
  const auto direction = direction_from(message.recipients.at(request.recipients[0]).direction);
  const encryption::RecipientFacts facts{direction, is_marked(message, request.recipients),
                                         route && route->tls, message.made_here()};
  const auto demand = core->decisions.plan_for(facts, settings.encryption).demand;
  if (demand == Demand::none_available) {
    tally.add_unavailable();
    co_return tally.verdicts();
  }

  auto looking = look_up(core, configuration, route, request.domain);
  const auto hosts = co_await std::move(looking);
  if (!hosts) {
    tally.add(hosts.error());
    co_return tally.verdicts();
  }
  for (const auto& host : *hosts) {
    for (const auto& address : host.addresses) {
      if (tally.open().empty() || core->stopping) co_return tally.verdicts();
      auto trying = try_address(core, configuration, {host.name, address}, demand, request, tally);
      co_await std::move(trying);
    }
  }
  co_return tally.verdicts();
}

}  // namespace sealgate::gateway
