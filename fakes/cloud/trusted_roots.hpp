// The 118 certification authorities that the service trusts in a gateway's certificate (CA-01), and
// the lab's stand-ins for them: under each name a root of its own, made when first asked for.
//
// A name says which root may be meant; its key decides. The lab also plays those that the service
// does not trust: roots of any other name, and look-alikes that bear a listed one. Keys and
// signatures come from OpenSSL's generator, which a simulated world seeds. Single-threaded.
#pragma once

#include <iterator>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "fakes/core/certificate.hpp"
#include "fakes/core/lab_ca.hpp"

typedef struct X509_name_st X509_NAME;

namespace fakes {

struct TrustedRoot {
  std::string_view label;   ///< the document's bullet, UTF-8
  bool distrusted = false;  ///< by others, since then
};

std::span<const TrustedRoot> trusted_roots();
/// Null: it is not on the list. Names match byte for byte: each generation is a CA of its own.
const TrustedRoot* find_trusted_root(std::string_view label);

/// What the lab issues in the name of such a root.
enum class RootClaim {
  genuine,     ///< below the root of that name, through an intermediate
  look_alike,  ///< the same, below another root that has the name too
  bearing,     ///< signed by itself, with the root's name for its own
};

class TrustedRoots {
 public:
  /// For the host of that name. `label` need not be on the list; of the kinds, those that are a
  /// matter of the issuer are for lab_ca.hpp alone. `public_key`: of a signing request; who bears
  /// a root's name has a key of its own.
  CertificateChain issue(host::Host& host, const std::string& label, RootClaim claim,
                         CertificateKind kind, const std::string& name,
                         EVP_PKEY* public_key = nullptr);
  /// The service's own copy of a root. The label is on the list.
  std::shared_ptr<const Certificate> root(host::Host& host, const std::string& label);

 private:
  struct Branch {
    std::shared_ptr<const Certificate> root;
    std::shared_ptr<const Certificate> intermediate;
  };
  using Branches = std::map<std::string, Branch, std::less<>>;

  static Branch& branch(Branches& branches, host::Host& host, const std::string& label);

  Branches genuine_;
  Branches look_alikes_;
};

/// The label that a name stands for, whether or not it is on the list.
std::string label_of(const X509_NAME* name);

}  // namespace fakes
