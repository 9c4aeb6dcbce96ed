#include "reference/encryption/hybrid_service.hpp"

#include "reference/policy/encrypting.hpp"

namespace sealgate::encryption {

std::optional<Unavailable> why_no_hybrid(const settings::Hybrid& service,
                                         const policy::PolicySet& deployed) {
  if (!service.anywhere) {
    return Unavailable{"hybrid-service-missing", "the subscription has no hybrid service"};
  }
  if (!service.add_on) {
    return Unavailable{"hybrid-add-on-missing",
                       "the subscription lacks the Advanced Email Encryption add-on"};
  }
  if (!service.registered) {
    return Unavailable{"hybrid-not-registered", "the hybrid service is not registered"};
  }
  if (!service.enabled) {
    return Unavailable{"hybrid-not-enabled", "the hybrid service is not enabled"};
  }
  if (!service.account_enabled) {
    return Unavailable{"hybrid-account-not-enabled",
                       "the vendor has not enabled encryption for this account"};
  }
  if (service.servers.empty()) {
    return Unavailable{"hybrid-server-missing", "no server of the hybrid service is named"};
  }
  if (deployed.mode(policy::Direction::outbound) != policy::Mode::enforce) {
    return Unavailable{"hybrid-policy-not-enforced", "the outbound policy mode is not Enforce"};
  }
  if (const auto* other = policy::encrypts_beyond_outbound(deployed)) {
    return Unavailable{"hybrid-policy-not-outbound-only",
                       "the policy '" + other->name + "' designates other mail than outbound"};
  }
  return std::nullopt;
}

std::optional<std::string> hybrid_objection(const settings::Encryption& enabled,
                                            const policy::PolicySet& policies) {
  if (enabled.other != settings::OtherMethod::hybrid) return std::nullopt;
  const auto* other = policy::encrypts_beyond_outbound(policies);
  if (!other) return std::nullopt;
  return "the policy '" + other->name +
         "' encrypts other mail than outbound, which the hybrid service never does";
}

LegOrUnavailable hybrid_leg(const settings::Hybrid& service, const policy::PolicySet& deployed) {
  if (auto missing = why_no_hybrid(service, deployed)) return *std::move(missing);
  return Leg{.method = Demand::hybrid,
             .tls = Demand::mandatory_tls,
             .servers = service.servers,
             .client_certificate = true,
             .one_recipient = true};
}

}  // namespace sealgate::encryption
