// What a client asks of the server's certificate during the handshake, and what it found wrong
// (RUL-04). A fault ends the handshake with an alert, so that no byte of SMTP follows it.
//
//   encrypt      nothing is asked
//   encrypt_cn   the certificate names the host
//   verify       a chain leads to a trusted CA, all of it valid at `now`, no key or signature below
//                112 bits (no RSA-1024, no SHA-1)
//   verify_cn    both
//
// Names match by RFC 6125 section 6.4: a dNSName alternative name, or the common name where there
// is none; without regard to case; "*" stands for one whole leftmost label; a name with a NUL in it
// matches nothing; international names are compared as A-labels. An address matches an iPAddress.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "reference/host/time.hpp"
#include "reference/settings/settings.hpp"

typedef struct ssl_st SSL;
typedef struct ssl_ctx_st SSL_CTX;
typedef struct x509_st X509;

namespace sealgate::tls {

enum class CertificateFault { untrusted, expired, not_yet_valid, name_mismatch, weak, invalid };

struct PeerCheck {
  settings::TlsLevel level = settings::TlsLevel::encrypt;
  std::string host;    ///< a name in A-labels, or an address
  host::WallTime now;  ///< for the validity of the chain

  std::optional<CertificateFault> fault = {};  ///< filled by the handshake
  std::string detail = {};                     ///< of the fault, one line for people
};

/// Once for a client's context: without check_peer() it asks nothing of a peer.
void let_peers_be_checked(SSL_CTX* context);

/// For one handshake. `check` must live until that ends.
void check_peer(SSL* ssl, PeerCheck& check);

bool names_host(X509* certificate, const std::string& host);

}  // namespace sealgate::tls
