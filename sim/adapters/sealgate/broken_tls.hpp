// The gateways that are wrong about TLS, one for each requirement on the outbound side.
#pragma once

#include <string_view>

#include "sim/adapters/sealgate/broken_gateways.hpp"

namespace sealcheck::adapters {

/// Asserts that there is one of that name.
Build broken_tls(std::string_view name);

}  // namespace sealcheck::adapters
