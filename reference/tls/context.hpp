// SSL_CTX for the gateway's two roles. A new one for each start and each change of the settings: it
// carries ticket keys and caches, and nothing of them may survive or cross hosts.
//
// Versions and strength are the settings'; suites without authentication, without encryption or of
// export strength are never offered (RUL-01). No session is ever resumed, as client or as server,
// so none is shared between hosts or levels. Versions before 1.2 need SHA-1 in the handshake and
// get it where the settings let them in; keys and groups below 112 bits they do not get. A failure
// of OpenSSL here is a broken installation and throws std::runtime_error.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "reference/settings/settings.hpp"
#include "reference/tls/credentials.hpp"

typedef struct ssl_ctx_st SSL_CTX;

namespace sealgate::tls {

class Context {
 public:
  /// Asks nothing of the peer's certificate but what check_peer() says for the one handshake. What
  /// that settled on is judged by weakness_of(). `trusted_cas` are PEM texts. `identity`, where it
  /// is given, is shown to a peer that asks for a certificate.
  static Context client(const settings::Tls& asked,
                        const std::vector<std::string>& trusted_cas = {},
                        const Credentials* identity = nullptr);
  /// `request_certificate`: the client is asked for one. None, and one that nobody trusts, will do:
  /// it is noted (peer_name), and says nothing about who the client is.
  static Context server(const settings::Tls& asked, const Credentials& credentials,
                        bool request_certificate = false);

  SSL_CTX* get() const { return context_.get(); }

 private:
  struct Free {
    void operator()(SSL_CTX* context) const;
  };
  Context(bool is_server, const settings::Tls& asked);

  std::unique_ptr<SSL_CTX, Free> context_;
};

}  // namespace sealgate::tls
