// Networks as the settings write them.
#pragma once

#include <optional>
#include <string_view>

#include "reference/host/network.hpp"

namespace sealgate::settings {

using host::Network;

/// "10.0.0.0/8", "2001:db8::/32", or one address.
std::optional<Network> parse_network(std::string_view text);

}  // namespace sealgate::settings
