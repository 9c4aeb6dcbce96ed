#include "reference/tls/negotiated.hpp"

#include <fmt/format.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

namespace sealgate::tls {
namespace {

using settings::TlsVersion;

std::optional<TlsVersion> version_of(std::string_view openssl_name) {
  if (openssl_name == "TLSv1") return TlsVersion::tls1_0;
  if (openssl_name == "TLSv1.1") return TlsVersion::tls1_1;
  if (openssl_name == "TLSv1.2") return TlsVersion::tls1_2;
  if (openssl_name == "TLSv1.3") return TlsVersion::tls1_3;
  return std::nullopt;
}

}  // namespace

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
  const auto version = version_of(negotiated.version);
  if (!version || *version < asked.version_min || *version > asked.version_max)
    return Weakness::version_not_allowed;
  if (negotiated.bits < asked.strength_bits_min) return Weakness::cipher_too_weak;
  if (!negotiated.peer_credentials) return Weakness::no_credentials;
  return std::nullopt;
}

}  // namespace sealgate::tls
