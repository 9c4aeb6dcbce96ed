#include "reference/tls/negotiated.hpp"

#include <fmt/format.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

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

std::string peer_name(SSL* ssl) {
  X509* certificate = SSL_get0_peer_certificate(ssl);
  if (!certificate) return {};
  X509_NAME* subject = X509_get_subject_name(certificate);
  const int last = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (last < 0) return "?";
  unsigned char* text = nullptr;
  const int size =
      ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, last)));
  if (size < 0) return "?";
  std::string name(reinterpret_cast<char*>(text), static_cast<std::size_t>(size));
  OPENSSL_free(text);
  return name.empty() ? "?" : name.substr(0, 64);  // ub-common-name of RFC 5280
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
