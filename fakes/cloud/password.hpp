// A password as it is kept: scrypt (RFC 7914), with a salt of its own and its cost beside it.
//
// To check one takes as long as to make one, about a third of a second and 128 MiB at the default
// cost: nothing for a thread that others wait for, where a service is more than a lab's.
#pragma once

#include <cstdint>
#include <string>

#include "reference/host/host.hpp"

namespace fakes {

/// OWASP's recommendation for scrypt with r = 8 and p = 1. A simulated world takes less.
inline constexpr std::uint64_t scrypt_n_default = 1 << 17;

struct PasswordHash {
  std::uint64_t n = 0;
  std::string salt;  ///< 16 octets
  std::string key;   ///< 32 octets
};

/// `n`: the cost, a power of two. Throws std::runtime_error for another: a misconfiguration.
PasswordHash hash_password(host::Host& host, const std::string& password, std::uint64_t n);

bool is_password(const PasswordHash& hash, const std::string& password);

/// Takes as long as is_password(), for an account that has none: so that nobody learns which have.
void waste_a_check(const std::string& password, std::uint64_t n);

}  // namespace fakes
