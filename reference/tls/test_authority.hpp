// For tests: a CA and what it signs, with one thing wrong at a time.
#pragma once

#include <openssl/x509v3.h>

#include <boost/test/unit_test.hpp>
#include <string>
#include <utility>
#include <vector>

#include "reference/tls/credentials.hpp"
#include "reference/tls/pem.hpp"

namespace sealgate::tls::test {

struct LeafSpec {
  std::string common_name = "mx.partner.test";  ///< may hold a NUL
  /// In OpenSSL's syntax ("DNS:mx.partner.test, IP:192.0.2.1"); empty: no such extension.
  std::string alternative_names = {};
  /// One dNSName as it is, for what that syntax cannot say.
  std::string raw_dns_name = {};
  host::Duration valid_from = -std::chrono::hours(24);  ///< from the host's now
  host::Duration valid_to = std::chrono::hours(24);
  const EVP_MD* digest = EVP_sha256();
  int rsa_bits = 0;  ///< 0: P-256
};

class Authority {
 public:
  explicit Authority(host::WallTime now, const std::string& name = "Test Root") : now_(now) {
    LeafSpec spec;
    spec.common_name = name;
    auto root = sign(spec, true, nullptr);
    key_ = root.key;
    certificate_ = root.certificate;
  }

  std::string pem() const { return write_pem(key_.get(), certificate_.get()); }
  Credentials issue(const LeafSpec& spec) { return sign(spec, false, certificate_.get()); }

 private:
  static void add_extension(X509* certificate, int nid, const std::string& value) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str());
    BOOST_REQUIRE(extension);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
  }

  static void add_raw_dns_name(X509* certificate, const std::string& name) {
    GENERAL_NAMES* names = sk_GENERAL_NAME_new_null();
    GENERAL_NAME* one = GENERAL_NAME_new();
    ASN1_IA5STRING* text = ASN1_IA5STRING_new();
    ASN1_STRING_set(text, name.data(), static_cast<int>(name.size()));
    GENERAL_NAME_set0_value(one, GEN_DNS, text);
    sk_GENERAL_NAME_push(names, one);
    X509_add1_ext_i2d(certificate, NID_subject_alt_name, names, 0, X509V3_ADD_DEFAULT);
    GENERAL_NAMES_free(names);
  }

  static void set_name(X509_NAME* name, const std::string& common_name) {
    X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(common_name.data()),
                               static_cast<int>(common_name.size()), -1, 0);
  }

  Credentials sign(const LeafSpec& spec, bool is_ca, X509* issuer) {
    KeyHandle key(spec.rsa_bits ? EVP_RSA_gen(static_cast<unsigned>(spec.rsa_bits))
                                : EVP_EC_gen("P-256"));
    CertificateHandle made(X509_new());
    X509* certificate = made.get();
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial_);
    const auto seconds = [&](host::Duration offset) {
      return std::chrono::system_clock::to_time_t(now_ + offset);
    };
    ASN1_TIME_set(X509_getm_notBefore(certificate), seconds(spec.valid_from));
    ASN1_TIME_set(X509_getm_notAfter(certificate), seconds(spec.valid_to));
    set_name(X509_get_subject_name(certificate), spec.common_name);
    X509_set_issuer_name(certificate, X509_get_subject_name(issuer ? issuer : certificate));
    X509_set_pubkey(certificate, key.get());
    if (is_ca) add_extension(certificate, NID_basic_constraints, "critical,CA:TRUE");
    if (!spec.alternative_names.empty())
      add_extension(certificate, NID_subject_alt_name, spec.alternative_names);
    if (!spec.raw_dns_name.empty()) add_raw_dns_name(certificate, spec.raw_dns_name);
    BOOST_REQUIRE(X509_sign(certificate, issuer ? key_.get() : key.get(), spec.digest));
    return {.pem = {}, .key = std::move(key), .certificate = std::move(made)};
  }

  host::WallTime now_;
  long serial_ = 0;
  std::shared_ptr<EVP_PKEY> key_;
  std::shared_ptr<X509> certificate_;
};

}  // namespace sealgate::tls::test
