// SSL_CTX for the gateway's two roles. A new one for each start and each change of the settings: it
// carries ticket keys and caches, and nothing of them may survive or cross hosts.
//
// Versions and strength are the settings'; suites without authentication, without encryption or of
// export strength are never offered (RUL-01). No session is ever resumed, as client or as server. A
// failure of OpenSSL here is a broken installation and throws std::runtime_error.
#pragma once

#include <memory>

#include "reference/settings/settings.hpp"
#include "reference/tls/credentials.hpp"

typedef struct ssl_ctx_st SSL_CTX;

namespace sealgate::tls {

class Context {
 public:
  /// Does not verify the peer: level Encrypt. What it settled on is judged by weakness_of().
  static Context client(const settings::Tls& asked);
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
