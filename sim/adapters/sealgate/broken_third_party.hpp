// Gateways that are wrong in one point about the third-party application. See broken_gateways.hpp.
#pragma once

#include <vector>

#include "sim/adapters/sealgate/broken_policies.hpp"

namespace sealcheck::adapters {

const std::vector<BrokenPolicy>& broken_third_party();

}  // namespace sealcheck::adapters
