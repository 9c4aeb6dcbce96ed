// The hybrid service on its machine: started, changed, started again.
#include <boost/asio/ip/address.hpp>
#include <stdexcept>

#include "sim/engine/cast.hpp"
#include "sim/engine/mx_config_of.hpp"

namespace sealcheck::engine {
namespace {

constexpr std::uint16_t dns_port = 53;
constexpr std::uint64_t scrypt_n = 1 << 4;  // a scenario's passwords are worth no more

std::unique_ptr<fakes::Cloud> started(world::VirtualHost& machine, Recorder& recorder,
                                      fakes::CloudConfig config) {
  const std::string name = config.front.name;
  auto fake = std::make_unique<fakes::Cloud>(machine, recorder, std::move(config));
  if (const auto result = fake->start(); !result)
    throw std::runtime_error(name + " does not start: " + result.error().message());
  return fake;
}

host::Network network_of(const std::string& text) {
  const std::size_t slash = text.find('/');
  const host::Address address = boost::asio::ip::make_address(text.substr(0, slash));
  const int whole = address.is_v4() ? 32 : 128;
  return {address, slash == text.npos ? whole : std::stoi(text.substr(slash + 1))};
}

fakes::EmbeddedConfig engine_of(const plan::CloudAnalysis& phase) {
  using Verdict = fakes::Analysis::Verdict;
  fakes::EmbeddedConfig config;
  for (const auto& [verdict, name, octets] : phase.signatures)
    config.signatures.push_back({verdict == "spam" ? Verdict::spam : Verdict::virus, name, octets});
  if (phase.fault == "fails") config.fault = fakes::EngineFault::errs;
  if (phase.fault == "hangs") config.fault = fakes::EngineFault::hangs;
  if (phase.fault == "reaches-its-limit") config.fault = fakes::EngineFault::reaches_limit;
  return config;
}

}  // namespace

void Cast::add_cloud(const plan::Cloud& cloud) {
  auto& machine =
      world_.add_host(cloud.name, {boost::asio::ip::make_address(cloud.address),
                                   boost::asio::ip::make_address(cloud.inbound_address)});
  machine.record_writes();  // of what it is to keep nothing of
  cloud_.emplace(HybridService{nullptr, cloud.phase, &machine});
  cloud_->fake = started(machine, recorder_, config_of_cloud());
  machine.on_buried([this] { cloud_->fake.reset(); });
}

fakes::CloudConfig Cast::config_of_cloud() {
  const plan::Cloud& cloud = *plan_.cloud;
  fakes::CloudConfig config;
  // Its front is a mail exchanger's, with a certificate of the lab's CA.
  plan::Mx front;
  front.name = cloud.name;
  front.address = cloud.address;
  config.front = config_of(front, cloud_->phase.front, ca_);
  if (!config.front.certificate_kind) config.front.certificate_kind = fakes::CertificateKind::good;
  config.portal_name = cloud.portal_name;
  config.roots = roots_;
  for (const std::string& network : cloud.public_networks)
    config.checks.public_networks.push_back(network_of(network));
  config.fault = fakes::cloud_fault_from_name(cloud_->phase.fault).value();
  config.scrypt_n = scrypt_n;
  config.account_enabled = cloud_->phase.account_enabled;
  config.analysis.engine = engine_of(cloud_->phase.analysis);
  config.inbound = inbound_of(cloud, cloud_->phase.inbound);
  for (const plan::DnsServer* server :
       {&plan_.dns, plan_.second_dns ? &*plan_.second_dns : nullptr})
    if (server)
      config.name_servers.push_back({boost::asio::ip::make_address(server->address), dns_port});
  return config;
}

fakes::InboundConfig Cast::inbound_of(const plan::Cloud& cloud, const plan::CloudInbound& phase) {
  fakes::InboundConfig config;
  config.name = cloud.inbound_name;
  config.address = boost::asio::ip::make_address(cloud.inbound_address);
  config.domains = phase.domains;
  config.gateway = boost::asio::ip::make_address(plan_.gateway.address);
  config.fault = fakes::cloud_fault_from_name(cloud_->phase.fault).value();
  config.decryption.attempted = !phase.keys.empty();
  config.decryption.header = phase.header;
  config.decryption.success = phase.success;
  config.decryption.failure = phase.failure;
  for (const std::string& key : phase.keys) {
    config.decryption.smime.push_back(keys_.certificate(*lab_machine_, key));
    config.decryption.envelopes.push_back(fakes::KeyRing::envelope_key(key));
  }
  return config;
}

std::string Cast::encrypted(const plan::Message& message, host::Host& host) {
  const auto& [how, key] = message.encrypting;
  if (how == "smime") {
    keys_.certificate(*lab_machine_, key);  // the lab's, whoever encrypts first
    return keys_.encrypt_smime(host, key, message.content);
  }
  if (how == "envelope")
    return fakes::KeyRing::encrypt_envelope(host, key, message.sender, message.recipients.front(),
                                            message.content);
  return message.content;
}

void Cast::change(const plan::ChangeCloud& change) {
  cloud_->phase = change.phase;
  if (!cloud_->fake) return;  // dead: it will be so when it is started again
  cloud_->fake->apply(config_of_cloud());
  if (change.drop_connections) cloud_->fake->drop_connections();
}

void Cast::restart_cloud() {
  cloud_->machine->restart();
  cloud_->fake = started(*cloud_->machine, recorder_, config_of_cloud());
}

}  // namespace sealcheck::engine
