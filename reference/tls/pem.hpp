// PEM text to OpenSSL's objects and back. Internal to this folder.
#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <vector>

namespace sealgate::tls {

template <auto free_function>
struct FreeWith {
  template <class T>
  void operator()(T* object) const {
    free_function(object);
  }
};
using BioHandle = std::unique_ptr<BIO, FreeWith<BIO_free>>;
using KeyHandle = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using CertificateHandle = std::unique_ptr<X509, FreeWith<X509_free>>;

/// Reads from `text`, which must outlive it.
BioHandle open_text(const std::string& text);
/// What was written to a memory BIO.
std::string text_of(BIO* memory);

/// The first one in the text, null: there is none. A key with a password counts as none.
KeyHandle read_key(const std::string& pem);
CertificateHandle read_certificate(const std::string& pem);

/// Every certificate of the text, in its order.
std::vector<std::shared_ptr<X509>> read_certificates(const std::string& pem);

/// All in one text, the key first. Throws std::runtime_error.
std::string write_pem(EVP_PKEY* key, X509* certificate,
                      const std::vector<std::shared_ptr<X509>>& chain = {});

}  // namespace sealgate::tls
