// A gateway and its administration, as one object: what the daemon, its HTTP interface and the lab
// hold. Pages, certificates, policies and queues are reached from here, and every change is logged
// with the name of who made it. Secrets are in no log line.
//
// The settings are the text of sealgate.conf: console() changes it and the gateway together.
//
// Lifetime: host, decisions and this object outlive the operations; destroy it after stop() has
// completed or after its host died. All calls on the host's queue executor.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "reference/admin/console.hpp"
#include "reference/gateway/gateway.hpp"
#include "reference/tls/certificate_view.hpp"

namespace sealgate::gateway {

class Administration {
 public:
  using Changed = tls::Checked<tls::Changed>;
  /// What a deliberately broken gateway makes of settings before it works by them.
  using Misreading = std::function<void(settings::Settings&)>;

  struct Request {
    std::string csr;  ///< PEM
    std::vector<std::string> warnings;
  };

  /// Starts the gateway by this text. Throws std::runtime_error: what is wrong with it, with its
  /// places, or why the gateway does not start.
  static boost::asio::awaitable<std::unique_ptr<Administration>> start(
      host::Host& host, std::string settings_text,
      const Decisions& decisions = reference_decisions(), Misreading misread = {});

  Gateway& gateway() { return *gateway_; }
  admin::Console& console() { return *console_; }

  /// The TLS Certificate page. What was changed is presented to the connections that begin from
  /// then on; what was refused has changed nothing.
  tls::CertificateView certificate() const;
  boost::asio::awaitable<Changed> generate_certificate(std::string administrator);
  /// Without a common name it is the gateway's FQDN. `key` is make_key()'s or open_key()'s.
  boost::asio::awaitable<tls::Checked<Request>> request_certificate(std::string administrator,
                                                                    tls::SigningRequest request,
                                                                    tls::Checked<tls::Key> key);
  /// A key file of the administrator's, by its password (CSR-03, CSR-05).
  static tls::Checked<tls::Key> open_key(const std::string& pem, const std::string& password);
  boost::asio::awaitable<Changed> import_signed_certificate(std::string administrator,
                                                            std::string pem);
  /// `file` is the name in the field "Certificate file".
  boost::asio::awaitable<Changed> import_certificate(std::string administrator, std::string file,
                                                     std::string bytes, std::string password);
  tls::Checked<std::string> export_certificate(const std::string& administrator,
                                               const std::string& password) const;

  /// A CA whose signature is trusted on certificates of peers (settings: tls { trusted-ca }).
  struct TrustedCa {
    std::string entry;  ///< of the settings: PEM text, or the name of a file that holds it
    tls::CertificateView view;
  };
  /// Those whose subject has `search` in it, letter case aside.
  std::vector<TrustedCa> trusted_certificates(std::string_view search) const;
  /// Refused where the text is not the certificate of one CA, or is trusted already.
  boost::asio::awaitable<admin::Outcome> trust(std::string administrator, std::string pem);
  /// By SHA-256 fingerprint. One of a file of many goes with the file's entry alone.
  boost::asio::awaitable<admin::Outcome> distrust(std::string administrator, std::string sha256);

 private:
  Administration(host::Host& host, std::string settings_text, Misreading misread);
  boost::asio::awaitable<Changed> present(std::string administrator, std::string what,
                                          boost::asio::awaitable<Changed> change);
  void log(const std::string& administrator, const std::string& what) const;

  host::Host& host_;
  Misreading misread_;
  std::unique_ptr<Gateway> gateway_;
  std::unique_ptr<admin::Console> console_;
  bool busy_ = false;  ///< one change of the certificate at a time
};

}  // namespace sealgate::gateway
