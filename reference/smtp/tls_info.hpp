// What a session is told about the TLS channel beneath it. Plain data: the negotiation and its
// judgement happen elsewhere (reference/tls).
#pragma once

#include <string>

namespace sealgate::smtp {

struct TlsInfo {
  std::string version;  ///< "TLSv1.3"
  std::string cipher;   ///< "TLS_AES_256_GCM_SHA384"
  int bits = 0;         ///< strength of the cipher, in bits
  std::string client_certificate =
      {};  ///< its common name, not verified; empty: none was presented

  friend bool operator==(const TlsInfo&, const TlsInfo&) = default;
};

}  // namespace sealgate::smtp
