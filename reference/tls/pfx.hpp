// .pfx files (PKCS#12, RFC 7292): a private key with its certificate and the issuers', in one file
// under one password (IMP-01 to IMP-09).
//
// What the openssl tool exports is read, with -legacy too (RC2-40, 3DES): those algorithms live in
// a library context of their own and nowhere else in the gateway. Nothing here touches a file.
// A file that asks for too much work is refused before it is done (derivation_rounds.hpp).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "reference/tls/candidate.hpp"

namespace sealgate::tls {

inline constexpr std::size_t pfx_bytes_max = 1024 * 1024;

/// Errors name "Certificate file" (too large, too much work, no .pfx, no key in it, no certificate,
/// several keys) or "Password" (too long, not alphanumeric, wrong).
Checked<Candidate> read_pfx(std::string_view bytes, const std::string& password);

/// DER. The password must have passed check_pfx_password(). Throws std::runtime_error when OpenSSL
/// cannot.
std::string write_pfx(const Credentials& credentials, const std::string& password);

}  // namespace sealgate::tls
