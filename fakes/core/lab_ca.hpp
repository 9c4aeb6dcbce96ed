// The lab's own certification authority: a root, an intermediate below it, and leaves with every
// fault that a verifier has to notice (RFC 5280, RFC 6125).
//
// Each piece is made when first asked for, keys and signatures from OpenSSL's generator, which a
// simulated world seeds. Nobody but the lab trusts it: a gateway does once it is given root_pem().
// The root itself is never sent. Single-threaded.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "fakes/core/certificate.hpp"

namespace fakes {

enum class CertificateKind {
  good,
  self_signed,  ///< the right name, nobody behind it
  expired,      ///< yesterday
  not_yet_valid,
  wrong_name,
  cn_only,               ///< the name as common name alone, no alternative names
  wildcard,              ///< *.partner.test for mx.partner.test
  nul_in_name,           ///< "mx.partner.test\0.evil.test"
  unknown_ca,            ///< all in order, below a root of the same name that nobody knows
  missing_intermediate,  ///< the leaf comes alone
  weak_key,              ///< RSA with 1024 bits
  sha1,                  ///< signed with SHA-1
};

/// "good", "self-signed", … "sha1".
std::string_view to_string(CertificateKind kind);
std::optional<CertificateKind> certificate_kind_from_name(std::string_view name);

/// What a leaf of that kind says.
CertificateSpec leaf_of(CertificateKind kind, const std::string& name);

class LabCa {
 public:
  std::string root_pem(host::Host& host);
  /// For the host of that name: the leaf and what the server sends with it.
  /// `public_key`: of a signing request; the leaf is for that key and holds no private one. Null:
  /// a key is made.
  CertificateChain issue(host::Host& host, CertificateKind kind, const std::string& name,
                         EVP_PKEY* public_key = nullptr);

 private:
  struct Branch {
    std::shared_ptr<const Certificate> root;
    std::shared_ptr<const Certificate> intermediate;
  };

  static const Certificate& root(Branch& branch, host::Host& host);
  static std::shared_ptr<const Certificate> intermediate(Branch& branch, host::Host& host);

  Branch known_;
  Branch unknown_;
};

}  // namespace fakes
