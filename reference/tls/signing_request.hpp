// A certificate signing request (PKCS#10, RFC 2986) for the gateway's key: the subject's fields and
// the challenge password (CSR-04 to CSR-08). It carries the public key (RUL-07), and the common
// name as subject alternative name, because CAs and RFC 6125 want it there.
#pragma once

#include <string>

#include "reference/tls/key_file.hpp"
#include "reference/tls/subject.hpp"

namespace sealgate::tls {

struct SigningRequest {
  Subject subject;
  std::string challenge_password;  ///< PKCS#9; empty: none. Readable by everyone who has the CSR
};

/// In PEM, signed with SHA-256. Errors name the field as check(Subject) does, or "Challenge
/// password" (4 to 20 characters, as the openssl tool asks for it).
Checked<std::string> write_signing_request(const SigningRequest& request, const Key& key);

/// Errors name "CSR file": none in the text, or a signature that is not its key's.
Checked<SigningRequest> read_signing_request(const std::string& pem);

}  // namespace sealgate::tls
