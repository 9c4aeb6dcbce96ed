// An IP network: an address and how many of its leading bits count.
#pragma once

#include <optional>
#include <string_view>

#include "reference/host/endpoint.hpp"

namespace sealgate::settings {

struct Network {
  host::Address address;
  int prefix_length = 0;  ///< 0..32 or 0..128

  /// False across families; an IPv4-mapped IPv6 address counts as IPv4 (RFC 4291 section 2.5.5.2).
  bool contains(const host::Address& other) const;
};

/// "10.0.0.0/8", "2001:db8::/32", or one address.
std::optional<Network> parse_network(std::string_view text);

}  // namespace sealgate::settings
