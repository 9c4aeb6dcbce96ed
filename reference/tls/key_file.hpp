// A private key in a PEM file of its own, encrypted with a password: what `openssl genrsa -des3`
// makes (PKCS#8, or the older form with -traditional), and what the gateway makes itself (CSR-02
// to CSR-05).
#pragma once

#include <memory>
#include <string>

#include "reference/tls/checked.hpp"

typedef struct evp_pkey_st EVP_PKEY;

namespace sealgate::tls {

using Key = std::shared_ptr<EVP_PKEY>;

enum class KeyKind {
  rsa_2048,  ///< the document's; about 150 ms
  p256,
};

/// Throws std::runtime_error when OpenSSL cannot.
Key make_key(KeyKind kind);

/// PKCS#8 in PEM, encrypted by AES-256. The password must have passed check_key_password(). Throws
/// std::runtime_error when OpenSSL cannot.
std::string write_key_file(const Key& key, const std::string& password);

/// Errors name "Key file" (no key in it, or more work than derivation_rounds.hpp allows) or "Key
/// password" (wrong, or missing; CSR-05). A key without encryption is read whatever the password.
Checked<Key> read_key_file(const std::string& pem, const std::string& password);

/// "RSA 2048 bits" or "EC P-256".
std::string describe_key(const EVP_PKEY* key);

/// What makes a key unfit, nothing when it is fit: RSA below 2048 bits, a curve below 256, and
/// kinds that TLS certificates do not use.
std::optional<std::string> weakness_of_key(const EVP_PKEY* key);

}  // namespace sealgate::tls
