// Key, certificate and chain that are about to become the gateway's: may they (CSR-10, IMP-09)?
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "reference/host/time.hpp"
#include "reference/tls/checked.hpp"
#include "reference/tls/credentials.hpp"
#include "reference/tls/key_file.hpp"

namespace sealgate::tls {

using Certificate = std::shared_ptr<X509>;

struct Candidate {
  Key key;
  std::vector<Certificate> certificates;  ///< the gateway's and its issuers', in any order
};

/// Finds the certificate of the key, puts its issuers behind it in the order in which they sign (a
/// root is left out; peers have their own), and refuses: a certificate for another key, several for
/// the one key, an expired one, one that is not valid yet, a weak key. Issuers that sign nothing
/// are left out. `field` is the name of the file to complain about.
Checked<Credentials> accept_candidate(const Candidate& candidate, host::WallTime now,
                                      const std::string& field = "Certificate file");

}  // namespace sealgate::tls
