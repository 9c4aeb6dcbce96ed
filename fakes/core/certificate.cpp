#include "fakes/core/certificate.hpp"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <stdexcept>

namespace fakes {
namespace {

void require(bool success, const char* what) {
  if (!success) throw std::runtime_error(std::string("OpenSSL failed to ") + what);
}

template <class T, void (*free)(T*)>
struct Free {
  void operator()(T* value) const { free(value); }
};
template <class T, void (*free)(T*)>
using Handle = std::unique_ptr<T, Free<T, free>>;

void set_serial(host::Host& host, X509* certificate) {
  // RFC 5280 section 4.1.2.2: positive, at most 20 octets.
  std::array<std::byte, 16> bytes{};
  host.fill_random(bytes);
  bytes[0] = (bytes[0] & std::byte{0x7f}) | std::byte{0x40};
  Handle<BIGNUM, BN_free> number(
      BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), nullptr));
  require(number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)),
          "set a serial number");
}

void set_validity(X509* certificate, host::WallTime not_before, host::WallTime not_after) {
  const auto seconds = [](host::WallTime time) {
    return static_cast<time_t>(
        std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count());
  };
  require(ASN1_TIME_set(X509_getm_notBefore(certificate), seconds(not_before)) &&
              ASN1_TIME_set(X509_getm_notAfter(certificate), seconds(not_after)),
          "set the validity");
}

void add_name(X509* certificate, int nid, const std::string& value) {
  if (value.empty()) return;
  require(X509_NAME_add_entry_by_NID(X509_get_subject_name(certificate), nid, MBSTRING_UTF8,
                                     reinterpret_cast<const unsigned char*>(value.data()),
                                     static_cast<int>(value.size()), -1, 0) == 1,
          "set a subject's name");
}

void add_extension(X509* certificate, X509* issuer, int nid, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  Handle<X509_EXTENSION, X509_EXTENSION_free> extension(
      X509V3_EXT_conf_nid(nullptr, &context, nid, value));
  require(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "add an extension");
}

// RFC 5280 section 4.2: what a verifier looks for in a chain.
void add_purpose(X509* certificate, X509* issuer, bool ca) {
  add_extension(certificate, issuer, NID_basic_constraints, ca ? "critical,CA:TRUE" : "CA:FALSE");
  if (ca) add_extension(certificate, issuer, NID_key_usage, "critical,keyCertSign,cRLSign");
  add_extension(certificate, issuer, NID_subject_key_identifier, "hash");
  if (issuer != certificate)
    add_extension(certificate, issuer, NID_authority_key_identifier, "keyid");
  if (!ca) add_extension(certificate, issuer, NID_ext_key_usage, "serverAuth,clientAuth");
}

GENERAL_NAME* general_name(const std::string& text) {
  GENERAL_NAME* name = GENERAL_NAME_new();
  require(name != nullptr, "make an alternative name");
  if (ASN1_OCTET_STRING* address = a2i_IPADDRESS(text.c_str())) {
    GENERAL_NAME_set0_value(name, GEN_IPADD, address);
    return name;
  }
  // By length, not through the configuration syntax: a name may hold commas or NUL.
  ASN1_IA5STRING* dns = ASN1_IA5STRING_new();
  require(dns && ASN1_STRING_set(dns, text.data(), static_cast<int>(text.size())) == 1,
          "make an alternative name");
  GENERAL_NAME_set0_value(name, GEN_DNS, dns);
  return name;
}

void add_alt_names(X509* certificate, const std::vector<std::string>& alt_names) {
  if (alt_names.empty()) return;
  Handle<GENERAL_NAMES, GENERAL_NAMES_free> names(GENERAL_NAMES_new());
  for (const std::string& text : alt_names) {
    require(sk_GENERAL_NAME_push(names.get(), general_name(text)) > 0, "add a name");
  }
  require(X509_add1_ext_i2d(certificate, NID_subject_alt_name, names.get(), 0, 0) == 1,
          "add the alternative names");
}

}  // namespace

CertificateSpec certificate_for(const std::string& host_name) {
  CertificateSpec spec;
  spec.common_name = host_name;
  spec.alt_names = {host_name};
  return spec;
}

Certificate::Certificate(X509* certificate, EVP_PKEY* key) : certificate_(certificate), key_(key) {}

Certificate::~Certificate() {
  X509_free(certificate_);
  EVP_PKEY_free(key_);
}

std::string Certificate::pem() const {
  return to_pem(certificate_);
}

std::string to_pem(X509* certificate) {
  Handle<BIO, BIO_free_all> memory(BIO_new(BIO_s_mem()));
  require(memory && PEM_write_bio_X509(memory.get(), certificate) == 1, "write a certificate");
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &data);
  return std::string(data, static_cast<std::size_t>(size));
}

namespace {

std::string common_name(const X509_NAME* name) {
  const int index = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
  if (index < 0) return {};
  const ASN1_STRING* text = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index));
  return std::string(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                     static_cast<std::size_t>(ASN1_STRING_length(text)));
}

}  // namespace

CertificateNames names_of(const std::string& pem) {
  Handle<BIO, BIO_free_all> memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  Handle<X509, X509_free> read(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
  if (!read) return {};
  return {common_name(X509_get_subject_name(read.get())),
          common_name(X509_get_issuer_name(read.get()))};
}

namespace {

EVP_PKEY* make_key(KeyKind kind) {
  constexpr unsigned weak_bits = 1024;
  return kind == KeyKind::p256 ? EVP_EC_gen("P-256") : EVP_RSA_gen(weak_bits);
}

std::shared_ptr<const Certificate> make(host::Host& host, const CertificateSpec& spec,
                                        const Certificate* issuer, EVP_PKEY* public_key) {
  if (public_key) EVP_PKEY_up_ref(public_key);
  EVP_PKEY* key = public_key ? public_key : make_key(spec.key);
  X509* x509 = X509_new();
  auto certificate = std::make_shared<const Certificate>(x509, key);
  require(key && x509, "make a key");
  X509* const above = issuer ? issuer->x509() : x509;
  require(X509_set_version(x509, X509_VERSION_3) == 1, "set the version");
  set_serial(host, x509);
  const host::WallTime now = host.wall_now();
  set_validity(x509, now - spec.valid_before_now, now + spec.valid_after_now);
  add_name(x509, NID_organizationName, spec.organization);
  add_name(x509, NID_commonName, spec.common_name);
  require(X509_set_issuer_name(x509, X509_get_subject_name(above)) == 1, "set the issuer");
  require(X509_set_pubkey(x509, key) == 1, "set the public key");
  if (issuer || spec.ca) add_purpose(x509, above, spec.ca);
  add_alt_names(x509, spec.alt_names);
  const EVP_MD* digest = spec.sha1 ? EVP_sha1() : EVP_sha256();
  require(X509_sign(x509, issuer ? issuer->key() : key, digest) > 0, "sign a certificate");
  return certificate;
}

}  // namespace

std::shared_ptr<const Certificate> make_self_signed(host::Host& host, const CertificateSpec& spec) {
  return make(host, spec, nullptr, nullptr);
}

std::shared_ptr<const Certificate> make_signed_by(const Certificate& issuer, host::Host& host,
                                                  const CertificateSpec& spec,
                                                  EVP_PKEY* public_key) {
  return make(host, spec, &issuer, public_key);
}

}  // namespace fakes
