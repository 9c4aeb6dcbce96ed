// One config of a fake mail exchanger with what belongs to it alone: counts and a TLS
// context.
//
// Every connection holds the phase it was accepted under; the phase goes with its last connection.
#pragma once

#include <memory>
#include <optional>

#include "fakes/mx/mail_sink.hpp"
#include "fakes/mx/mx_config.hpp"
#include "reference/host/host.hpp"

namespace fakes {

/// A certificate that is made when first asked for. Shared by the phases that want the same one.
class LazyCertificate {
 public:
  explicit LazyCertificate(const MxConfig& config)
      : name_(config.name),
        spec_(config.certificate),
        kind_(config.certificate_kind),
        ca_(config.ca) {
    if (spec_.common_name.empty() && spec_.alt_names.empty()) spec_ = certificate_for(name_);
  }

  bool same_as(const LazyCertificate& other) const {
    return spec_ == other.spec_ && kind_ == other.kind_ && ca_ == other.ca_;
  }
  const CertificateChain& get(host::Host& host) {
    if (!chain_.leaf && kind_) chain_ = ca_->issue(host, *kind_, name_);
    if (!chain_.leaf) chain_.leaf = make_self_signed(host, spec_);
    return chain_;
  }

 private:
  std::string name_;
  CertificateSpec spec_;
  std::optional<CertificateKind> kind_;
  std::shared_ptr<LabCa> ca_;
  CertificateChain chain_;
};

struct MxPhase {
  MxConfig config;
  FaultCounter faults = {};
  MailSink* sink = nullptr;  ///< null: none
  int hand_backs = 0;        ///< made so far
  std::shared_ptr<LazyCertificate> certificate = {};
  std::optional<TlsContext> tls = {};  ///< set where STARTTLS works, else by the first handshake

  /// The context for a handshake, its certificate in place.
  SSL_CTX* tls_context(host::Host& host) {
    if (!tls) tls.emplace(TlsContext::server(config.tls));
    if (!tls->has_certificate()) tls->present(certificate->get(host));
    return tls->get();
  }
};

}  // namespace fakes
