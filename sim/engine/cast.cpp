#include "sim/engine/cast.hpp"

#include <boost/asio/ip/address.hpp>
#include <stdexcept>

#include "fakes/core/tls_alert.hpp"
#include "reference/host/io.hpp"
#include "sim/engine/paths.hpp"

namespace sealcheck::engine {
namespace {

host::Address address(const std::string& text) {
  return boost::asio::ip::make_address(text);
}

fakes::StartTlsBehaviour behaviour_of(plan::StartTls way) {
  switch (way) {
    case plan::StartTls::works:
      return fakes::StartTlsBehaviour::works;
    case plan::StartTls::not_offered:
      return fakes::StartTlsBehaviour::not_offered;
    case plan::StartTls::refused:
      return fakes::StartTlsBehaviour::refused;
    case plan::StartTls::alert:
      return fakes::StartTlsBehaviour::alert;
    case plan::StartTls::eof:
      return fakes::StartTlsBehaviour::eof;
    case plan::StartTls::reset:
      return fakes::StartTlsBehaviour::reset;
    case plan::StartTls::stall:
      return fakes::StartTlsBehaviour::stall;
  }
  return fakes::StartTlsBehaviour::works;
}

fakes::MxConfig config_of(const plan::Mx& mx, const plan::MxPhase& phase) {
  fakes::MxConfig config;
  config.name = mx.name;
  config.domains = mx.domains;
  config.addresses = {address(mx.address)};
  config.starttls.behaviour = behaviour_of(phase.starttls);
  config.starttls.refusal.code = phase.refusal_code;
  if (phase.refusal_code >= 500) config.starttls.refusal.enhanced = "5.7.0";
  config.hand_backs_max = phase.hand_backs_max;
  if (phase.tls_at_most == "1.2") config.tls.version_max = fakes::TlsVersion::tls1_2;
  config.tls.cipher_list = phase.tls_ciphers;
  if (!phase.alert.empty()) config.starttls.alert = fakes::alert_from_name(phase.alert).value();
  for (const plan::VerbReply& reply : phase.replies) {
    fakes::FaultRule rule;
    rule.step = fakes::step_from_name(reply.verb).value();
    rule.fault.action = fakes::FaultAction::reply;
    rule.fault.reply = {reply.code, reply.enhanced, {reply.text}};
    config.faults.push_back(std::move(rule));
  }
  return config;
}

fakes::Zones zones_of(const plan::Dns& dns) {
  fakes::Zone world{".", {}};
  for (const plan::DnsRecord& record : dns.records)
    world.records.push_back({record.name, record.type, 300, record.value});
  return {{std::move(world)}, {}};
}

void require(const host::Result<void>& started, const std::string& name) {
  if (!started) throw std::runtime_error(name + " does not start: " + started.error().message());
}

// Not a lambda: its frame owns what it needs, whatever becomes of the caller.
boost::asio::awaitable<void> submit(fakes::Sender& sender, host::Endpoint server,
                                    fakes::Submission submission, const plan::Message& message,
                                    trace::Trace& trace, std::function<void()> done) {
  const fakes::SendResult result = co_await sender.send(server, std::move(submission));
  for (const auto& [recipient, code] : result.recipients)
    trace.record(
        message.origin, "sender.recipient",
        {{"message", message.name}, {"recipient", recipient}, {"code", std::to_string(code)}});
  trace.record(message.origin, "sender.done",
               {{"message", message.name},
                {"result", std::string(to_string(result.outcome))},
                {"code", std::to_string(result.code)},
                {"text", result.text}});
  done();
}

}  // namespace

Cast::Cast(world::World& world, const plan::Plan& plan, Recorder& recorder)
    : world_(world), plan_(plan), recorder_(recorder) {
  gateway_machine_ = &world.add_host(plan.gateway.name, {address(plan.gateway.address)});
  auto& dns_machine = world.add_host(plan.dns.name, {address(plan.dns.address)});
  fakes::DnsConfig dns_config;
  dns_config.name = plan.dns.name;
  dns_config.addresses = {address(plan.dns.address)};
  dns_config.zones = zones_of(plan.dns);
  dns_ = std::make_unique<fakes::DnsServer>(dns_machine, recorder, std::move(dns_config));
  require(dns_->start(), plan.dns.name);
  for (const plan::Mx& mx : plan.mxs) {
    auto& machine = world.add_host(mx.name, {address(mx.address)});
    auto fake = std::make_unique<fakes::Mx>(machine, recorder, config_of(mx, mx.phase));
    require(fake->start(), mx.name);
    mxs_.emplace(mx.name, MailExchanger{&mx, std::move(fake), mx.phase, &machine});
    machine.on_buried([this, name = mx.name] { mxs_.at(name).fake.reset(); });
  }
  for (const plan::Origin& origin : plan.origins) {
    auto& machine = world.add_host(origin.name, {address(origin.address)});
    people_.emplace(origin.name, Person{&machine, std::make_unique<fakes::Sender>(machine, recorder,
                                                                                  origin.name)});
  }
  for (const plan::Path& path : plan.paths) lay_path(world, path);
}

void Cast::change(const plan::Change& change) {
  MailExchanger& mx = mxs_.at(change.peer);
  mx.phase = change.phase;
  if (!mx.fake) return;  // dead: it will be so when it is started again
  mx.fake->apply(config_of(*mx.plan, change.phase));
  if (change.drop_connections) mx.fake->drop_connections();
}

world::VirtualHost& Cast::machine(const std::string& name) {
  return name == plan_.gateway.name ? *gateway_machine_ : *mxs_.at(name).machine;
}

void Cast::restart(const std::string& name) {
  MailExchanger& mx = mxs_.at(name);
  mx.machine->restart();
  mx.fake = std::make_unique<fakes::Mx>(*mx.machine, recorder_, config_of(*mx.plan, mx.phase));
  require(mx.fake->start(), name);
}

void Cast::send(const plan::Message& message, std::function<void()> done) {
  Person& person = people_.at(message.origin);
  fakes::Submission submission;
  submission.helo = message.origin;
  submission.from = message.sender;
  submission.recipients = message.recipients;
  submission.content = message.content;
  host::spawn(*person.machine, person.machine->session_executor(), "sender",
              submit(*person.fake, {address(plan_.gateway.address), 25}, std::move(submission),
                     message, world_.trace(), std::move(done)));
}

}  // namespace sealcheck::engine
