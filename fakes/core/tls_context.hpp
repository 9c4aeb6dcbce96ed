// The fakes' own SSL_CTX, with every option a scenario can turn, none shared with the gateway's.
//
// New per instance, never cached: a context carries session caches and ticket keys. A version or
// cipher that OpenSSL refuses throws std::runtime_error: that is a scenario's mistake, not an
// event.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fakes/core/certificate.hpp"

typedef struct ssl_ctx_st SSL_CTX;
typedef struct ssl_st SSL;

namespace fakes {

enum class TlsVersion { tls1_0, tls1_1, tls1_2, tls1_3 };

/// What a server wants of its client.
enum class ClientCertificate {
  not_asked,
  requested,  ///< any is accepted, none too
  required,   ///< any is accepted; none is answered with an alert
  refused,    ///< asked for, and none is good enough
};

struct TlsOptions {
  TlsVersion version_min = TlsVersion::tls1_2;
  TlsVersion version_max = TlsVersion::tls1_3;
  std::string cipher_list = {};             ///< up to TLS 1.2, OpenSSL's syntax; empty: its default
  std::string ciphersuites = {};            ///< TLS 1.3; empty: OpenSSL's default
  ClientCertificate client_certificate = ClientCertificate::not_asked;
  bool tickets = true;  ///< a server's; without them it resumes nothing at all

  friend bool operator==(const TlsOptions&, const TlsOptions&) = default;
};

class TlsContext {
 public:
  /// Neither side verifies anything: a fake observes and leaves judgement to the lab.
  static TlsContext server(const TlsOptions& options);
  static TlsContext client(const TlsOptions& options);

  /// A server needs one unless all its suites are anonymous; a client may have none.
  void present(std::shared_ptr<const Certificate> certificate);
  /// The leaf, and what is to be sent with it.
  void present(const CertificateChain& chain);
  bool has_certificate() const { return certificate_ != nullptr; }

  SSL_CTX* get() const { return context_.get(); }

 private:
  struct Free {
    void operator()(SSL_CTX* context) const;
  };
  TlsContext(SSL_CTX* context, const TlsOptions& options);

  std::unique_ptr<SSL_CTX, Free> context_;
  std::shared_ptr<const Certificate> certificate_;
};

/// version, cipher, bits, resumed, server-name, peer-certificate (PEM, or "none") of a handshake
/// done.
std::vector<std::pair<std::string, std::string>> describe_tls(SSL* ssl);

}  // namespace fakes
