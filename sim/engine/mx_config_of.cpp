#include "sim/engine/mx_config_of.hpp"

#include <boost/asio/ip/address.hpp>
#include <charconv>
#include <map>
#include <stdexcept>

#include "fakes/core/tls_alert.hpp"

namespace sealcheck::engine {
namespace {

using fakes::FaultAction;
using fakes::StartTlsBehaviour;
using fakes::TlsVersion;

StartTlsBehaviour behaviour_of(plan::StartTls way) {
  switch (way) {
    case plan::StartTls::works:
      return StartTlsBehaviour::works;
    case plan::StartTls::not_offered:
      return StartTlsBehaviour::not_offered;
    case plan::StartTls::only_in_greeting:
      return StartTlsBehaviour::in_greeting;
    case plan::StartTls::refused:
      return StartTlsBehaviour::refused;
    case plan::StartTls::alert:
      return StartTlsBehaviour::alert;
    case plan::StartTls::eof:
      return StartTlsBehaviour::eof;
    case plan::StartTls::reset:
      return StartTlsBehaviour::reset;
    case plan::StartTls::stall:
      return StartTlsBehaviour::stall;
    case plan::StartTls::garbage:
      return StartTlsBehaviour::garbage;
    case plan::StartTls::plaintext:
      return StartTlsBehaviour::plaintext;
  }
  return StartTlsBehaviour::works;
}

std::uint8_t alert_of(const std::string& text) {
  if (const auto named = fakes::alert_from_name(text)) return *named;
  std::uint8_t number = 0;
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || at != end)
    throw std::runtime_error("there is no TLS alert '" + text + "'");
  return number;
}

TlsVersion version_of(const std::string& text) {
  static const std::map<std::string, TlsVersion> versions{{"1.0", TlsVersion::tls1_0},
                                                          {"1.1", TlsVersion::tls1_1},
                                                          {"1.2", TlsVersion::tls1_2},
                                                          {"1.3", TlsVersion::tls1_3}};
  return versions.at(text);
}

FaultAction action_of(plan::StepFault::Kind kind) {
  using Kind = plan::StepFault::Kind;
  switch (kind) {
    case Kind::reply:
      return FaultAction::reply;
    case Kind::raw:
      return FaultAction::raw;
    case Kind::endless:
      return FaultAction::flood;
    case Kind::disconnect:
      return FaultAction::disconnect;
    case Kind::reset:
      return FaultAction::reset;
    case Kind::stall:
      return FaultAction::stall;
    case Kind::deaf:
      return FaultAction::deaf;
    case Kind::delay:
      break;
  }
  return FaultAction::none;
}

void set_starttls(fakes::StartTls& starttls, const plan::MxPhase& phase) {
  starttls.behaviour = behaviour_of(phase.starttls);
  starttls.refusal.code = phase.refusal_code;
  if (phase.refusal_code >= 500) starttls.refusal.enhanced = "5.7.0";
  if (!phase.refusal_text.empty()) starttls.refusal.lines = {phase.refusal_text};
  if (!phase.refusal_text.empty() || !phase.refusal_enhanced.empty())
    starttls.refusal.enhanced = phase.refusal_enhanced;
  if (!phase.alert.empty()) starttls.alert = alert_of(phase.alert);
  starttls.after_client_hello = phase.after_client_hello;
  if (phase.starttls_bytes) starttls.bytes = *phase.starttls_bytes;
}

void set_tls(fakes::TlsOptions& options, const plan::MxTls& tls) {
  if (!tls.at_most.empty()) options.version_max = version_of(tls.at_most);
  if (!tls.at_least.empty()) options.version_min = version_of(tls.at_least);
  if (tls.at_least.empty() && options.version_max < options.version_min)
    options.version_min = TlsVersion::tls1_0;
  options.cipher_list = tls.ciphers;
  options.ciphersuites = tls.suites;
  options.tickets = tls.tickets;
  if (tls.client_certificate == "requested")
    options.client_certificate = fakes::ClientCertificate::requested;
  if (tls.client_certificate == "required")
    options.client_certificate = fakes::ClientCertificate::required;
  if (tls.client_certificate == "refused")
    options.client_certificate = fakes::ClientCertificate::refused;
}

fakes::FaultRule rule_of(const plan::StepFault& fault) {
  fakes::FaultRule rule;
  rule.step = fakes::step_from_name(fault.verb).value();
  rule.fault.action = action_of(fault.kind);
  rule.fault.reply = {fault.code, fault.enhanced, fault.lines};
  rule.fault.bytes = fault.bytes;
  rule.fault.delay = host::Duration(fault.delay_ns);
  rule.nth = fault.nth;
  rule.first = fault.first;
  rule.argument = fault.naming;
  return rule;
}

void set_auth(fakes::MxConfig& config, const plan::MxAuth& auth) {
  if (auth.how.empty()) return;
  config.auth.emplace();
  config.auth->user = auth.user;
  config.auth->password = auth.password;
  if (!auth.mechanisms.empty()) config.auth->mechanisms = auth.mechanisms;
  if (auth.how == "refused") config.auth->behaviour = fakes::AuthBehaviour::refuses;
  if (auth.how == "only-before-tls") config.auth->behaviour = fakes::AuthBehaviour::only_before_tls;
  config.auth_required = auth.how != "offered";
}

}  // namespace

fakes::MxConfig config_of(const plan::Mx& mx, const plan::MxPhase& phase,
                          std::shared_ptr<fakes::LabCa> ca) {
  fakes::MxConfig config;
  config.name = mx.name;
  config.domains = mx.domains;
  config.addresses = {boost::asio::ip::make_address(mx.address)};
  config.port = mx.port;
  set_auth(config, phase.auth);
  set_starttls(config.starttls, phase);
  set_tls(config.tls, phase.tls);
  const plan::MxOffers& offers = phase.offers;
  config.offers = {
      offers.pipelining, offers.size,    offers.eight_bit_mime, offers.enhanced_status_codes,
      offers.dsn,        offers.smtputf8};
  for (const plan::StepFault& fault : phase.faults) config.faults.push_back(rule_of(fault));
  if (phase.message_bytes_max) config.message_bytes_max = *phase.message_bytes_max;
  if (phase.recipients_max) config.recipients_max = *phase.recipients_max;
  config.read_pace = {phase.read_bytes, host::Duration(phase.read_pause_ns)};
  config.hand_backs_max = phase.hand_backs_max;
  if (!phase.certificate.empty())
    config.certificate_kind = fakes::certificate_kind_from_name(phase.certificate).value();
  config.ca = std::move(ca);
  return config;
}

}  // namespace sealcheck::engine
