// An IP network: an address and how many of its leading bits count.
#pragma once

#include "reference/host/endpoint.hpp"

namespace host {

struct Network {
  Address address;
  int prefix_length = 0;  ///< 0..32 or 0..128

  /// False across families; an IPv4-mapped IPv6 address counts as IPv4 (RFC 4291 section 2.5.5.2).
  bool contains(const Address& other) const;

  friend bool operator==(const Network&, const Network&) = default;
};

/// "10.0.0.0/8", or the address alone when all its bits count.
std::string to_string(const Network& network);

}  // namespace host
