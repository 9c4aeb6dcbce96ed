#include "fakes/core/certificate.hpp"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <boost/test/unit_test.hpp>

#include "fakes/core/test_host.hpp"

namespace {

using X509Handle = std::unique_ptr<X509, decltype(&X509_free)>;

// Read back from its text: what a stranger sees of it.
X509Handle reread(const fakes::Certificate& certificate) {
  const std::string pem = certificate.pem();
  BIO* memory = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  X509Handle x509(PEM_read_bio_X509(memory, nullptr, nullptr, nullptr), &X509_free);
  BIO_free(memory);
  return x509;
}

std::string text(const ASN1_TIME* time) {
  ASN1_GENERALIZEDTIME* general = ASN1_TIME_to_generalizedtime(time, nullptr);
  const std::string result(reinterpret_cast<const char*>(ASN1_STRING_get0_data(general)));
  ASN1_GENERALIZEDTIME_free(general);
  return result;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_certificate_is_what_a_stranger_expects_of_it) {
  fakes::TestHost host;
  const auto certificate = fakes::make_self_signed(host, fakes::certificate_for("mx.partner.test"));
  const X509Handle x509 = reread(*certificate);
  BOOST_REQUIRE(x509);
  BOOST_TEST(X509_get_version(x509.get()) == X509_VERSION_3);
  BOOST_TEST(X509_verify(x509.get(), X509_get0_pubkey(x509.get())) == 1);
  BOOST_TEST(X509_check_host(x509.get(), "mx.partner.test", 0, 0, nullptr) == 1);
  BOOST_TEST(X509_check_host(x509.get(), "other.test", 0, 0, nullptr) == 0);
  BOOST_TEST(X509_check_private_key(x509.get(), certificate->key()) == 1);
  BOOST_TEST(EVP_PKEY_get_bits(certificate->key()) == 256);
  BOOST_TEST(text(X509_get0_notBefore(x509.get())) == "20260130000000Z");
  BOOST_TEST(text(X509_get0_notAfter(x509.get())) == "20270301000000Z");
}

BOOST_AUTO_TEST_CASE(the_serial_comes_from_the_host_and_is_positive) {
  fakes::TestHost host;
  host.next_random = std::byte{0xff};
  const auto certificate = fakes::make_self_signed(host, fakes::certificate_for("a.test"));
  const ASN1_INTEGER* serial = X509_get0_serialNumber(certificate->x509());
  BIGNUM* number = ASN1_INTEGER_to_BN(serial, nullptr);
  char* hex = BN_bn2hex(number);
  BOOST_TEST(std::string(hex) == "7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF");
  OPENSSL_free(hex);
  BN_free(number);
}

BOOST_AUTO_TEST_CASE(names_may_be_addresses_or_missing_or_hold_a_nul) {
  fakes::TestHost host;
  fakes::CertificateSpec spec;
  spec.alt_names = {"192.0.2.1", std::string("good.test\0.evil.test", 20)};
  const auto certificate = fakes::make_self_signed(host, spec);
  const X509Handle x509 = reread(*certificate);
  BOOST_TEST(X509_check_ip_asc(x509.get(), "192.0.2.1", 0) == 1);
  BOOST_TEST(X509_check_host(x509.get(), "good.test", 0, 0, nullptr) == 0);
  BOOST_TEST(X509_NAME_entry_count(X509_get_subject_name(x509.get())) == 0);
}

BOOST_AUTO_TEST_CASE(a_negative_validity_is_an_expired_certificate) {
  fakes::TestHost host;
  fakes::CertificateSpec spec = fakes::certificate_for("a.test");
  spec.valid_after_now = -std::chrono::hours(24);
  const auto certificate = fakes::make_self_signed(host, spec);
  BOOST_TEST(text(X509_get0_notAfter(certificate->x509())) == "20260228000000Z");
}
