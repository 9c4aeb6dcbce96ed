#include "reference/tls/pem.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <stdexcept>

namespace sealgate::tls {
namespace {

BioHandle reader(const std::string& text) {
  return BioHandle(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

/// OpenSSL would ask on the terminal otherwise.
int no_password(char*, int, int, void*) {
  return -1;
}

}  // namespace

KeyHandle read_key(const std::string& pem) {
  const auto bio = reader(pem);
  KeyHandle key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, nullptr));
  ERR_clear_error();
  return key;
}

CertificateHandle read_certificate(const std::string& pem) {
  const auto bio = reader(pem);
  CertificateHandle certificate(PEM_read_bio_X509(bio.get(), nullptr, no_password, nullptr));
  ERR_clear_error();
  return certificate;
}

std::string write_pem(EVP_PKEY* key, X509* certificate) {
  const BioHandle bio(BIO_new(BIO_s_mem()));
  if (!bio ||
      !PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) ||
      !PEM_write_bio_X509(bio.get(), certificate)) {
    throw std::runtime_error("OpenSSL: key and certificate cannot be written");
  }
  char* bytes = nullptr;
  const auto size = BIO_get_mem_data(bio.get(), &bytes);
  return std::string(bytes, static_cast<std::size_t>(size));
}

}  // namespace sealgate::tls
