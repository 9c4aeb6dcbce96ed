// The gateway's one certificate, and everything that the TLS Certificate page does to it: generate,
// request, import, export (CRT-01 to CRT-05, CSR-10, IMP-07 to IMP-09).
//
// It is kept in the host's storage as one file, which is replaced as a whole: after a power loss at
// any point the old or the new certificate is there, with its key and issuers. A change that is
// refused or cannot be stored leaves the old one active. The key of a signing request waits in a
// file of its own until its signed certificate is imported, or another request replaces it.
//
// Everything on one executor, one change at a time; the host outlives the store.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference/host/host.hpp"
#include "reference/tls/checked.hpp"
#include "reference/tls/credentials.hpp"
#include "reference/tls/key_file.hpp"
#include "reference/tls/signing_request.hpp"

namespace sealgate::tls {

/// A change that was made, and what its administrator should know all the same (CSR-09).
struct Changed {
  std::vector<std::string> warnings;
};

class CertificateStore {
 public:
  /// The kept certificate, or a new self-signed one where there is none (CRT-01). Throws
  /// std::runtime_error when what is kept is not usable.
  static boost::asio::awaitable<std::unique_ptr<CertificateStore>> open(host::Host& host,
                                                                        std::string fqdn);

  const Credentials& current() const { return current_; }

  /// A new self-signed one overwrites whatever there is, an imported one included (CRT-03, CRT-04).
  boost::asio::awaitable<Checked<Changed>> generate(std::string fqdn);

  /// Makes a key, keeps it, and returns its CSR in PEM.
  boost::asio::awaitable<Checked<std::string>> request(SigningRequest request, KeyKind kind);
  /// The same with a key of the administrator's. Errors name "Key file" where it is too weak.
  boost::asio::awaitable<Checked<std::string>> request(SigningRequest request, Key key);

  /// What the CA made of the latest request: PEM, the issuers behind or before it. Errors name
  /// "Certificate file".
  boost::asio::awaitable<Checked<Changed>> import_signed(std::string pem, std::string fqdn);

  /// Errors as read_pfx() and accept_candidate().
  boost::asio::awaitable<Checked<Changed>> import_pfx(std::string bytes, std::string password,
                                                      std::string fqdn);

  /// Certificate, key and issuers. Errors name "Password".
  Checked<std::string> export_pfx(const std::string& password) const;

 private:
  CertificateStore(host::Host& host, Credentials current);
  boost::asio::awaitable<Checked<Changed>> adopt(Checked<Credentials> next, std::string fqdn,
                                                 std::string what);

  host::Host& host_;
  Credentials current_;
};

inline constexpr std::string_view request_key_file = "certificate-request.pem";

}  // namespace sealgate::tls
