#include "reference/tls/pem.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <stdexcept>

namespace sealgate::tls {
namespace {

/// OpenSSL would ask on the terminal otherwise.
int no_password(char*, int, int, void*) {
  return -1;
}

}  // namespace

BioHandle open_text(const std::string& text) {
  return BioHandle(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::string text_of(BIO* memory) {
  char* bytes = nullptr;
  const auto size = BIO_get_mem_data(memory, &bytes);
  return std::string(bytes, static_cast<std::size_t>(size));
}

KeyHandle read_key(const std::string& pem) {
  const auto bio = open_text(pem);
  KeyHandle key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, nullptr));
  ERR_clear_error();
  return key;
}

CertificateHandle read_certificate(const std::string& pem) {
  const auto bio = open_text(pem);
  CertificateHandle certificate(PEM_read_bio_X509(bio.get(), nullptr, no_password, nullptr));
  ERR_clear_error();
  return certificate;
}

std::vector<std::shared_ptr<X509>> read_certificates(const std::string& pem) {
  std::vector<std::shared_ptr<X509>> all;
  const auto bio = open_text(pem);
  while (X509* next = PEM_read_bio_X509(bio.get(), nullptr, no_password, nullptr))
    all.emplace_back(next, X509_free);
  ERR_clear_error();
  return all;
}

std::string write_pem(EVP_PKEY* key, X509* certificate,
                      const std::vector<std::shared_ptr<X509>>& chain) {
  const BioHandle bio(BIO_new(BIO_s_mem()));
  bool written =
      bio && PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) &&
      PEM_write_bio_X509(bio.get(), certificate);
  for (const auto& issuer : chain) written = written && PEM_write_bio_X509(bio.get(), issuer.get());
  if (!written) throw std::runtime_error("OpenSSL: key and certificate cannot be written");
  return text_of(bio.get());
}

}  // namespace sealgate::tls
