// What the hybrid service is like in one phase of a scenario. Data only.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "fakes/cloud/admission.hpp"
#include "fakes/cloud/analyst.hpp"
#include "fakes/cloud/cloud_fault.hpp"
#include "fakes/cloud/inbound.hpp"
#include "fakes/cloud/password.hpp"
#include "fakes/cloud/trusted_roots.hpp"
#include "fakes/mx/mx_config.hpp"

namespace fakes {

struct CloudConfig {
  /// Its SMTP front: name, address, faults, TLS. What the service insists on is set by itself.
  MxConfig front;
  std::string portal_name;                   ///< "portal.hybrid.test"
  std::vector<host::Endpoint> name_servers;  ///< read by start() only
  std::shared_ptr<TrustedRoots> roots;       ///< whom it trusts; needed
  DnsChecks checks = {};
  bool account_enabled = true;  ///< by the vendor, after registration (HYB-04)
  AnalysisConfig analysis = {};
  InboundConfig inbound = {};  ///< its other front, before the gateway
  CloudFault fault = CloudFault::none;
  std::uint64_t scrypt_n = scrypt_n_default;  ///< of passwords; read by the constructor only
};

}  // namespace fakes
