// One config of a fake mail exchanger with what belongs to it alone: counts and a TLS
// context.
//
// Every connection holds the phase it was accepted under; the phase goes with its last connection.
#pragma once

#include <memory>
#include <optional>

#include "fakes/mx/mx_config.hpp"
#include "reference/host/host.hpp"

namespace fakes {

/// A certificate that is made when first asked for. Shared by the phases that have the same spec.
class LazyCertificate {
 public:
  explicit LazyCertificate(CertificateSpec spec) : spec_(std::move(spec)) {}

  const CertificateSpec& spec() const { return spec_; }
  std::shared_ptr<const Certificate> get(host::Host& host) {
    if (!certificate_) certificate_ = make_self_signed(host, spec_);
    return certificate_;
  }

 private:
  CertificateSpec spec_;
  std::shared_ptr<const Certificate> certificate_;
};

struct MxPhase {
  MxConfig config;
  FaultCounter faults = {};
  int hand_backs = 0;  ///< made so far
  std::shared_ptr<LazyCertificate> certificate = {};
  std::optional<TlsContext> tls = {};  ///< set where STARTTLS works

  /// The context for a handshake, its certificate in place.
  SSL_CTX* tls_context(host::Host& host) {
    if (!tls->has_certificate()) tls->present(certificate->get(host));
    return tls->get();
  }
};

}  // namespace fakes
