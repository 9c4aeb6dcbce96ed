// What a TLS handshake ended in, and whether that is good enough (TLS-06, RUL-01).
//
// OpenSSL is told beforehand what not to negotiate (context.hpp); this looks at the result, because
// a list of ciphers is easy to get wrong.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "reference/settings/settings.hpp"

typedef struct ssl_st SSL;

namespace sealgate::tls {

struct Negotiated {
  std::string version;            ///< "TLSv1.3"
  std::string cipher;             ///< "TLS_AES_256_GCM_SHA384"
  int bits = 0;                   ///< strength of the cipher
  bool peer_credentials = false;  ///< the peer presented a certificate
};

/// Of a finished handshake.
Negotiated describe(SSL* ssl);

/// "TLSv1.3 TLS_AES_256_GCM_SHA384 (256 bits)": for the log, the queue and the Received line.
std::string to_text(const Negotiated& negotiated);

/// The common name in the peer's certificate, "?" for a certificate without one, empty: no
/// certificate. Whoever made it may have written anything there.
std::string peer_name(SSL* ssl);

enum class Weakness {
  version_not_allowed,  ///< outside of the settings' minimum and maximum
  cipher_too_weak,      ///< fewer bits than asked for
  no_credentials,       ///< an anonymous suite (TLS-O-08)
};

/// None: acceptable. `negotiated` is the client's view.
std::optional<Weakness> weakness_of(const Negotiated& negotiated, const settings::Tls& asked);

}  // namespace sealgate::tls
