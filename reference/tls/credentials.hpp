// The gateway's certificate with its key, as PEM text: what it presents to clients.
//
// Installation yields a self-signed one (CRT-01): common name and alternative name are the host's
// FQDN (CSR-09, RUL-31), P-256, valid for ten years from the host's wall clock. It is made once and
// kept in the host's storage, key and certificate in one file.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "reference/host/host.hpp"

typedef struct evp_pkey_st EVP_PKEY;
typedef struct x509_st X509;

namespace sealgate::tls {

struct Credentials {
  std::string pem;  ///< private key, certificate, issuers; secret: never in a log
  /// The same, parsed: decoding a key costs as much as a handshake's share of it. May be null.
  std::shared_ptr<EVP_PKEY> key = {};
  std::shared_ptr<X509> certificate = {};
  std::vector<std::shared_ptr<X509>> chain = {};  ///< issuers to present with it, nearest first
};

/// Fills what `pem` says; what it does not say, or cannot be read, stays null.
Credentials read_credentials(std::string pem);

/// Throws std::runtime_error when OpenSSL fails.
Credentials make_self_signed(host::Host& host, const std::string& fqdn);

/// None of: no key, no certificate, or the key of another certificate.
bool is_usable(const Credentials& credentials);

inline constexpr std::string_view credentials_file = "certificate.pem";

/// Reads the kept ones; makes and keeps new ones when there is no file. Throws std::runtime_error
/// when what is kept is not usable or cannot be written: it is never replaced silently.
boost::asio::awaitable<Credentials> load_or_make(host::Host& host, std::string fqdn);

}  // namespace sealgate::tls
