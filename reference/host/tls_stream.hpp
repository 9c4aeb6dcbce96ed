// TLS over any stream. Plumbing only: versions, certificates and judgement belong to the caller's
// SSL_CTX (the gateway's in reference/tls, each fake's in its own folder).
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <string>

#include "reference/host/host.hpp"

typedef struct ssl_ctx_st SSL_CTX;

namespace host {

enum class TlsRole { client, server };

struct TlsFailure {
  ErrorCode error;  ///< from the transport or from OpenSSL
  std::string
      reason;  ///< OpenSSL's reason string ("sslv3 alert handshake failure") or the error's text
  int alert = -1;  ///< the alert received from the peer (RFC 8446 section 6), -1: none
  bool no_common_version = false;  ///< the peer chose a protocol version that we do not speak
};

struct TlsResult {
  std::unique_ptr<Stream> stream;  ///< null on failure; owns the transport
  TlsFailure failure;
};

/// Hands over the SSL before the handshake starts: SNI, host name checks, client certificates.
using TlsSetup = std::function<void(SSL*)>;

/// Performs the handshake on `transport`, taking it over. On failure the transport is returned
/// closed (destroyed). `context` must live until the handshake starts. `setup` may be empty. The
/// resulting stream reports Error::tls_truncated when TCP ends without close_notify.
boost::asio::awaitable<TlsResult> tls_handshake(Host& host, std::unique_ptr<Stream> transport,
                                                SSL_CTX* context, TlsRole role, TlsSetup setup,
                                                MonoTime deadline);

}  // namespace host
