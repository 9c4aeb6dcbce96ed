#include "reference/tls/negotiated.hpp"

#include <fmt/format.h>
#include <openssl/ssl.h>

namespace sealgate::tls {

Negotiated describe(SSL* ssl) {
  const SSL_CIPHER* cipher = SSL_get_current_cipher(ssl);
  return {.version = SSL_get_version(ssl),
          .cipher = cipher ? SSL_CIPHER_get_name(cipher) : "",
          .bits = cipher ? SSL_CIPHER_get_bits(cipher, nullptr) : 0,
          .peer_credentials = SSL_get0_peer_certificate(ssl) != nullptr};
}

std::string to_text(const Negotiated& negotiated) {
  return fmt::format("{} {} ({} bits)", negotiated.version, negotiated.cipher, negotiated.bits);
}

std::optional<Weakness> weakness_of(const Negotiated& negotiated, const settings::Tls& asked) {
  const bool is_1_2 = negotiated.version == "TLSv1.2";
  const bool is_1_3 = negotiated.version == "TLSv1.3";
  const bool version_fits = (is_1_2 && asked.version_min == settings::TlsVersion::tls1_2) ||
                            (is_1_3 && asked.version_max == settings::TlsVersion::tls1_3);
  if (!version_fits || negotiated.bits < asked.strength_bits_min) return Weakness::too_weak;
  if (!negotiated.peer_credentials) return Weakness::no_credentials;
  return std::nullopt;
}

}  // namespace sealgate::tls
