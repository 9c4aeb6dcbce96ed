// Gateways that are wrong about the hybrid service or about decryption, for broken_gateways.hpp.
#pragma once

#include <optional>
#include <string_view>

#include "sim/adapters/sealgate/broken_gateways.hpp"

namespace sealcheck::adapters {

/// Nothing: no such gateway is broken here.
std::optional<Build> broken_hybrid(std::string_view name);

}  // namespace sealcheck::adapters
