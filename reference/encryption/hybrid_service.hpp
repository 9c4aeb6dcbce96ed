// The method "Hybrid service": outbound mail goes to the vendor's service, which looks through it,
// encrypts it and sends it on to its recipient. Pure.
//
// The service is reached over mandatory TLS with the gateway's certificate as client certificate
// (HYB-09, RUL-10), one recipient in each transaction (RUL-22).
#pragma once

#include <optional>
#include <string>

#include "reference/encryption/leg.hpp"
#include "reference/policy/policy.hpp"
#include "reference/settings/settings.hpp"

namespace sealgate::encryption {

/// The first thing that is missing (HYB-01 to HYB-04), or that the deployed policies stand in the
/// way (HYB-24, HYB-25). The words, in the order in which they are looked at:
///
///   hybrid-service-missing            the subscription is not an Anywhere one
///   hybrid-add-on-missing             it lacks Advanced Email Encryption
///   hybrid-not-registered, hybrid-not-enabled, hybrid-account-not-enabled
///   hybrid-server-missing             no server of the service is named
///   hybrid-policy-not-enforced        the mode of outbound mail is not Enforce
///   hybrid-policy-not-outbound-only   a policy designates other mail for encryption too
std::optional<Unavailable> why_no_hybrid(const settings::Hybrid& service,
                                         const policy::PolicySet& deployed);

/// Why the other method may not be the hybrid service beside these policies, to tell whoever would
/// select the one or deploy the others (HYB-24); nothing: it may, or it is another method.
std::optional<std::string> hybrid_objection(const settings::Encryption& enabled,
                                            const policy::PolicySet& policies);

LegOrUnavailable hybrid_leg(const settings::Hybrid& service, const policy::PolicySet& deployed);

}  // namespace sealgate::encryption
