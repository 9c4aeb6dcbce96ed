#include "reference/tls/signing_request.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <stdexcept>

#include "reference/tls/pem.hpp"

namespace sealgate::tls {
namespace {

using RequestHandle = std::unique_ptr<X509_REQ, FreeWith<X509_REQ_free>>;

void require(bool done, const char* what) {
  if (!done) throw std::runtime_error(std::string("OpenSSL: the signing request's ") + what);
}

std::optional<FieldError> check_challenge(const std::string& password) {
  if (password.empty() || (password.size() >= 4 && password.size() <= 20)) return std::nullopt;
  return FieldError{"Challenge password",
                    fmt::format("it has {} characters, 4 to 20 are allowed", password.size())};
}

void add_alternative_name(X509_REQ* request, const std::string& name) {
  struct FreeStack {
    void operator()(STACK_OF(X509_EXTENSION) * stack) const {
      sk_X509_EXTENSION_pop_free(stack, X509_EXTENSION_free);
    }
  };
  std::unique_ptr<STACK_OF(X509_EXTENSION), FreeStack> extensions(sk_X509_EXTENSION_new_null());
  X509_EXTENSION* extension =
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, ("DNS:" + name).c_str());
  // A common name that is no host name is the CA's to refuse.
  if (!extension) return ERR_clear_error();
  require(sk_X509_EXTENSION_push(extensions.get(), extension) > 0, "extension");
  require(X509_REQ_add_extensions(request, extensions.get()), "extensions");
}

std::string challenge_of(const X509_REQ* request) {
  const int at = X509_REQ_get_attr_by_NID(request, NID_pkcs9_challengePassword, -1);
  if (at < 0) return {};
  const ASN1_TYPE* value = X509_ATTRIBUTE_get0_type(X509_REQ_get_attr(request, at), 0);
  unsigned char* bytes = nullptr;
  const int size = value ? ASN1_STRING_to_UTF8(&bytes, value->value.asn1_string) : -1;
  std::string text;
  if (size >= 0) text.assign(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return text;
}

}  // namespace

Checked<std::string> write_signing_request(const SigningRequest& request, const Key& key) {
  if (auto error = check(request.subject)) return *std::move(error);
  if (auto error = check_challenge(request.challenge_password)) return *std::move(error);
  const RequestHandle made(X509_REQ_new());
  require(made && X509_REQ_set_version(made.get(), X509_REQ_VERSION_1), "version");
  write_subject(X509_REQ_get_subject_name(made.get()), request.subject);
  require(X509_REQ_set_pubkey(made.get(), key.get()), "public key");
  const std::string& challenge = request.challenge_password;
  if (!challenge.empty())
    require(X509_REQ_add1_attr_by_NID(made.get(), NID_pkcs9_challengePassword, MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char*>(challenge.data()),
                                      static_cast<int>(challenge.size())),
            "challenge password");
  add_alternative_name(made.get(), request.subject.common_name);
  require(X509_REQ_sign(made.get(), key.get(), EVP_sha256()) > 0, "signature");
  const BioHandle bio(BIO_new(BIO_s_mem()));
  require(bio && PEM_write_bio_X509_REQ(bio.get(), made.get()), "text");
  return text_of(bio.get());
}

Checked<SigningRequest> read_signing_request(const std::string& pem) {
  const BioHandle bio = open_text(pem);
  const RequestHandle read(PEM_read_bio_X509_REQ(bio.get(), nullptr, nullptr, nullptr));
  EVP_PKEY* key = read ? X509_REQ_get0_pubkey(read.get()) : nullptr;
  const bool genuine = key && X509_REQ_verify(read.get(), key) == 1;
  ERR_clear_error();
  if (!read) return FieldError{"CSR file", "it holds no certificate signing request in PEM form"};
  if (!genuine) return FieldError{"CSR file", "its signature is not that of its own key"};
  return SigningRequest{read_subject(X509_REQ_get_subject_name(read.get())),
                        challenge_of(read.get())};
}

}  // namespace sealgate::tls
