#include "fakes/core/certificate_file.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace fakes {
namespace {

template <class T, void (*free)(T*)>
struct Free {
  void operator()(T* value) const { free(value); }
};
template <class T, void (*free)(T*)>
using Handle = std::unique_ptr<T, Free<T, free>>;

void free_bio(BIO* bio) {
  BIO_free_all(bio);
}
void free_owned_certificates(STACK_OF(X509) * all) {
  sk_X509_pop_free(all, X509_free);
}
void free_bags(STACK_OF(PKCS12_SAFEBAG) * all) {
  sk_PKCS12_SAFEBAG_pop_free(all, PKCS12_SAFEBAG_free);
}
void free_safes(STACK_OF(PKCS7) * all) {
  sk_PKCS7_pop_free(all, PKCS7_free);
}
using Bio = Handle<BIO, free_bio>;
using Key = Handle<EVP_PKEY, EVP_PKEY_free>;
using Pfx = Handle<PKCS12, PKCS12_free>;
using Request = Handle<X509_REQ, X509_REQ_free>;

// Enough for a test and quick: the lab guards nothing.
constexpr int iterations = 1;
constexpr std::size_t too_large_bytes = 2'000'000;

constexpr std::array<std::pair<FileContent, std::string_view>, 10> contents{{
    {FileContent::everything, "everything"},
    {FileContent::no_key, "no-key"},
    {FileContent::no_certificate, "no-certificate"},
    {FileContent::another_key, "another-key"},
    {FileContent::two_keys, "two-keys"},
    {FileContent::disordered, "disordered"},
    {FileContent::der_certificate, "der-certificate"},
    {FileContent::no_pfx, "no-pfx"},
    {FileContent::truncated, "truncated"},
    {FileContent::too_large, "too-large"},
}};

void require(bool done, const char* what) {
  if (!done) throw std::runtime_error(std::string("OpenSSL failed to ") + what);
}

std::string text_of(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return std::string(data, static_cast<std::size_t>(size));
}

// One bag a part, in the order given.
class PfxWriter {
 public:
  explicit PfxWriter(const std::string& password) : password_(password.c_str()) {}

  void add(EVP_PKEY* key) {
    STACK_OF(PKCS12_SAFEBAG)* bags = bags_.release();
    require(
        PKCS12_add_key_ex(&bags, key, 0, iterations, NID_aes_256_cbc, password_, nullptr, nullptr),
        "write a key");
    bags_.reset(bags);
  }
  void add(X509* certificate) {
    STACK_OF(PKCS12_SAFEBAG)* bags = bags_.release();
    require(PKCS12_add_cert(&bags, certificate), "write a certificate");
    bags_.reset(bags);
  }
  std::string bytes() {
    STACK_OF(PKCS7)* safes = nullptr;
    require(PKCS12_add_safe(&safes, bags_.get(), -1, iterations, nullptr), "write a safe");
    const Handle<STACK_OF(PKCS7), free_safes> kept(safes);
    const Pfx file(PKCS12_add_safes(safes, 0));
    require(file && PKCS12_set_mac(file.get(), password_, -1, nullptr, 0, iterations, EVP_sha256()),
            "write a .pfx file");
    const Bio bio(BIO_new(BIO_s_mem()));
    require(i2d_PKCS12_bio(bio.get(), file.get()), "write a .pfx file");
    return text_of(bio.get());
  }

 private:
  const char* password_;
  Handle<STACK_OF(PKCS12_SAFEBAG), free_bags> bags_;
};

std::string der_of(X509* certificate) {
  const Bio bio(BIO_new(BIO_s_mem()));
  require(i2d_X509_bio(bio.get(), certificate), "write a certificate");
  return text_of(bio.get());
}

std::string name_of(const X509_NAME* name) {
  const Bio bio(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_RFC2253);
  return text_of(bio.get());
}

std::string pfx_of(const CertificateFile& file, const CertificateChain& chain,
                   const CertificateChain& other) {
  PfxWriter writer(file.password);
  if (file.content == FileContent::disordered)
    for (const auto& issuer : chain.above) writer.add(issuer->x509());
  if (file.content != FileContent::no_certificate) writer.add(chain.leaf->x509());
  if (file.content == FileContent::two_keys) writer.add(other.leaf->x509());
  if (file.content != FileContent::disordered)
    for (const auto& issuer : chain.above) writer.add(issuer->x509());
  if (file.content == FileContent::another_key) {
    writer.add(other.leaf->key());
  } else if (file.content != FileContent::no_key) {
    writer.add(chain.leaf->key());
  }
  if (file.content == FileContent::two_keys) writer.add(other.leaf->key());
  return writer.bytes();
}

Request read_request(const std::string& pem) {
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  Request request(PEM_read_bio_X509_REQ(bio.get(), nullptr, nullptr, nullptr));
  if (request && X509_REQ_verify(request.get(), X509_REQ_get0_pubkey(request.get())) != 1)
    request.reset();
  return request;
}

}  // namespace

std::optional<FileContent> file_content_from_name(std::string_view name) {
  for (const auto& [value, known] : contents)
    if (known == name) return value;
  return std::nullopt;
}

std::string make_file(host::Host& host, LabCa& ca, const CertificateFile& file) {
  return make_file(host, ca, file, ca.issue(host, file.kind, file.name));
}

std::string make_file(host::Host& host, LabCa& ca, const CertificateFile& file,
                      const CertificateChain& chain) {
  if (file.content == FileContent::no_pfx) return "this is no certificate\n";
  if (file.content == FileContent::der_certificate) return der_of(chain.leaf->x509());
  const CertificateChain other = ca.issue(host, CertificateKind::good, "another-host.test");
  std::string bytes = pfx_of(file, chain, other);
  if (file.content == FileContent::truncated) bytes.resize(bytes.size() / 2);
  if (file.content == FileContent::too_large) bytes.resize(too_large_bytes);
  return bytes;
}

std::optional<std::string> describe_file(const std::string& bytes, const std::string& password) {
  const Bio bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
  const Pfx file(d2i_PKCS12_bio(bio.get(), nullptr));
  EVP_PKEY* key = nullptr;
  X509* certificate = nullptr;
  STACK_OF(X509)* above = nullptr;
  if (!file || PKCS12_parse(file.get(), password.c_str(), &key, &certificate, &above) != 1)
    return std::nullopt;
  const Key kept_key(key);
  const Handle<X509, X509_free> kept_certificate(certificate);
  const Handle<STACK_OF(X509), free_owned_certificates> kept_above(above);
  std::string text = "key " + std::string(key ? EVP_PKEY_get0_type_name(key) : "none") + "\n";
  if (certificate)
    text += "certificate " + name_of(X509_get_subject_name(certificate)) + " by " +
            name_of(X509_get_issuer_name(certificate)) + "\n";
  for (int i = 0; i < sk_X509_num(above); ++i)
    text += "issuer " + name_of(X509_get_subject_name(sk_X509_value(above, i))) + "\n";
  return text;
}

RsaKey make_rsa_key() {
  RsaKey key(EVP_RSA_gen(2048u), EVP_PKEY_free);
  require(key != nullptr, "make an RSA key");
  return key;
}

std::string make_key_file(const RsaKey& key, const std::string& password) {
  const Bio bio(BIO_new(BIO_s_mem()));
  require(PEM_write_bio_PKCS8PrivateKey(bio.get(), key.get(), EVP_des_ede3_cbc(), password.data(),
                                        static_cast<int>(password.size()), nullptr, nullptr),
          "write a key file");
  return text_of(bio.get());
}

std::optional<std::string> describe_request(const std::string& pem) {
  const Request request = read_request(pem);
  if (!request) return std::nullopt;
  const Bio bio(BIO_new(BIO_s_mem()));
  X509_REQ_print_ex(bio.get(), request.get(), XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB, 0);
  return text_of(bio.get());
}

std::string to_pem(const CertificateChain& chain) {
  std::string text = chain.leaf->pem();
  for (const auto& issuer : chain.above) text += issuer->pem();
  return text;
}

std::string sign_request(const std::string& pem, const Issue& issue) {
  const Request request = read_request(pem);
  require(request != nullptr, "read a signing request");
  std::array<char, 256> name{};
  X509_NAME_get_text_by_NID(X509_REQ_get_subject_name(request.get()), NID_commonName, name.data(),
                            static_cast<int>(name.size()));
  return to_pem(issue(name.data(), X509_REQ_get0_pubkey(request.get())));
}

}  // namespace fakes
