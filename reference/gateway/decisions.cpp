#include "reference/gateway/decisions.hpp"

namespace sealgate::gateway {

encryption::Plan Decisions::plan_for(const encryption::RecipientFacts& recipient,
                                     const settings::Encryption& enabled) const {
  return encryption::plan_for(recipient, enabled);
}

encryption::AfterTlsFailure Decisions::after_failure(encryption::Demand demand,
                                                     encryption::Failure failure) const {
  return encryption::is_tls_failure(failure) ? encryption::after_tls_failure(demand)
                                             : encryption::AfterTlsFailure::give_up_host;
}

bool Decisions::second_follows(const encryption::FirstMethod& first) const {
  return encryption::second_follows(first);
}

encryption::LegOrUnavailable Decisions::hybrid_leg(const settings::Hybrid& service,
                                                   const policy::PolicySet& deployed) const {
  return encryption::hybrid_leg(service, deployed);
}

std::optional<std::string> Decisions::hybrid_objection(const settings::Encryption& enabled,
                                                       const policy::PolicySet& policies) const {
  return encryption::hybrid_objection(enabled, policies);
}

encryption::DecryptionFindings Decisions::read_decryption(const settings::Settings& settings,
                                                          const host::Address& client,
                                                          std::string& message) const {
  return encryption::read_decryption(settings, client, message);
}

bool Decisions::needs_decryption(const settings::Decryption& decryption,
                                 const encryption::DecryptionFindings& findings,
                                 std::string_view message) const {
  return encryption::needs_decryption(decryption, findings, message);
}

std::optional<tls::Weakness> Decisions::weakness_of(const tls::Negotiated& negotiated,
                                                    const settings::Tls& asked) const {
  return tls::weakness_of(negotiated, asked);
}

policy::Decision Decisions::decide(const policy::Engine& policies, const policy::Findings& findings,
                                   const policy::Facts& facts) const {
  return policies.decide(findings, facts);
}

std::vector<policy::OwnerNotice> Decisions::owner_notices(
    const std::vector<policy::Incident>& incidents, const policy::NoticeFacts& facts,
    std::string_view) const {
  return policy::make_notices(incidents, facts);
}

std::optional<host::WallTime> Decisions::next_attempt(const queue::RetryPolicy& policy,
                                                      int attempts_made,
                                                      host::WallTime last_attempt,
                                                      host::WallTime first_queued) const {
  return queue::next_attempt(policy, attempts_made, last_attempt, first_queued);
}

message::Returned Decisions::returned(bool marked_encrypt, bool asked_for_all) const {
  if (marked_encrypt) return message::Returned::identification;
  return asked_for_all ? message::Returned::full : message::Returned::headers;
}

std::string Decisions::report_to(const std::string& reverse_path) const {
  return reverse_path;
}

encryption::LegOrUnavailable Decisions::third_party_leg(
    const std::optional<settings::ThirdParty>& settings,
    const encryption::Handover& handover) const {
  return encryption::third_party_leg(settings, handover);
}

bool Decisions::is_encryption_server(const settings::Settings& settings,
                                     const host::Address& client) const {
  return settings.is_encryption_server(client);
}

encryption::ReturnStatus Decisions::return_status(const message::Header& header,
                                                  const settings::ThirdParty& settings) const {
  return encryption::return_status(header, settings.success, settings.failure);
}

void Decisions::clean_return(std::string& content, const settings::ThirdParty& settings) const {
  encryption::strip(content, encryption::reserved_headers(settings));
}

bool Decisions::is_second_return(bool came_back_before) const {
  return came_back_before;
}

bool Decisions::may_send(message::Direction direction, bool trusted_client) const {
  return direction != message::Direction::outbound || trusted_client;
}

const Decisions& reference_decisions() {
  static const Decisions decisions;
  return decisions;
}

}  // namespace sealgate::gateway
