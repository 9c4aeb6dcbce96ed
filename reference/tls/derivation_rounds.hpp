// How much work a password asks for before anything is opened with it. Whoever makes a file names
// the rounds of its key derivation, up to 2^31 or beyond, and the gateway stands still while it
// works them off: so they are counted first. Internal to this folder.
//
// PBKDF2 (RFC 8018 section 6.2, in PBES2) and the older derivations of PKCS#5 and PKCS#12 count in
// rounds. scrypt, which the openssl tool does not use in these files, counts as too many, and so
// does what cannot be read.
#pragma once

#include <openssl/pkcs12.h>

#include <cstdint>
#include <string>

namespace sealgate::tls {

/// In one file, all derivations together. MAC, certificates and key at 600,000 rounds each, the
/// most that is advised for PBKDF2 with SHA-256 (OWASP, 2023), are 1,800,000; the openssl tool
/// writes 2,048 each. At the most the gateway stands still for some three seconds.
inline constexpr std::uint64_t derivation_rounds_max = 2'000'000;
inline constexpr std::uint64_t too_many_rounds = derivation_rounds_max + 1;

/// Of one password-based encryption; too_many_rounds at the most.
std::uint64_t derivation_rounds(const X509_ALGOR* algorithm);

/// Before the password is known to fit: the MAC, the encrypted safes, and the keys that lie in
/// plain ones.
std::uint64_t rounds_to_open(PKCS12* pfx);

/// Of the shrouded keys among these, safes within them included.
std::uint64_t rounds_of_keys(const STACK_OF(PKCS12_SAFEBAG) * bags);

/// Of all the encrypted private keys in a PEM text.
std::uint64_t rounds_of_pem_keys(const std::string& pem);

}  // namespace sealgate::tls
