// Files that name an endless key derivation are refused before it is begun: none of these tests
// would end otherwise (2^31 rounds of PBKDF2 take half an hour).
#include "reference/tls/derivation_rounds.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <boost/test/unit_test.hpp>
#include <limits>

#include "reference/tls/key_file.hpp"
#include "reference/tls/openssl_tool.hpp"
#include "reference/tls/pem.hpp"
#include "reference/tls/pfx.hpp"
#include "reference/tls/test_machine.hpp"

using namespace sealgate::tls;

namespace {

constexpr int endless = std::numeric_limits<int>::max();
constexpr std::string_view refusal =
    "Certificate file: opening it takes more than 2000000 rounds of PBKDF2: export it again with "
    "openssl pkcs12 -export -iter 100000";

template <class Object, class Writer>
std::string der(Object* object, Writer write) {
  unsigned char* bytes = nullptr;
  const int size = write(object, &bytes);
  BOOST_REQUIRE(size > 0);
  std::string text(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return text;
}

X509_ALGOR* pbes2(int rounds) {
  return PKCS5_pbe2_set_iv(EVP_aes_256_cbc(), rounds, nullptr, 0, nullptr, NID_hmacWithSHA256);
}

/// What is encrypted so; the octets are none of anything.
X509_SIG* encrypted_by(X509_ALGOR* algorithm) {
  X509_SIG* made = X509_SIG_new();
  X509_ALGOR* place = nullptr;
  ASN1_OCTET_STRING* octets = nullptr;
  X509_SIG_getm(made, &place, &octets);
  X509_ALGOR_copy(place, algorithm);
  X509_ALGOR_free(algorithm);
  ASN1_OCTET_STRING_set(octets, reinterpret_cast<const unsigned char*>("0123456789abcdef"), 16);
  return made;
}

std::string file_of(PKCS7* safe) {
  STACK_OF(PKCS7)* safes = sk_PKCS7_new_null();
  sk_PKCS7_push(safes, safe);
  PKCS12* pfx = PKCS12_add_safes(safes, 0);
  sk_PKCS7_pop_free(safes, PKCS7_free);
  const std::string bytes = der(pfx, i2d_PKCS12);
  PKCS12_free(pfx);
  return bytes;
}

/// Keys in a plain safe, each by such an algorithm.
std::string file_with_keys(const std::vector<X509_ALGOR*>& algorithms) {
  STACK_OF(PKCS12_SAFEBAG)* bags = sk_PKCS12_SAFEBAG_new_null();
  for (X509_ALGOR* algorithm : algorithms)
    sk_PKCS12_SAFEBAG_push(bags, PKCS12_SAFEBAG_create0_pkcs8(encrypted_by(algorithm)));
  PKCS7* safe = PKCS12_pack_p7data(bags);
  sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
  return file_of(safe);
}

std::string file_with_encrypted_safe(X509_ALGOR* algorithm) {
  PKCS7* safe = PKCS7_new();
  PKCS7_set_type(safe, NID_pkcs7_encrypted);
  PKCS7_ENC_CONTENT* content = safe->d.encrypted->enc_data;
  X509_ALGOR_free(content->algorithm);
  content->algorithm = algorithm;
  content->enc_data = ASN1_OCTET_STRING_new();
  ASN1_OCTET_STRING_set(content->enc_data, reinterpret_cast<const unsigned char*>("0123456789"),
                        10);
  return file_of(safe);
}

std::string file_with_mac_of(int rounds) {
  test::TestMachine machine;
  const std::string whole = write_pfx(make_self_signed(machine, "gw.corp.test"), "pw");
  const auto* at = reinterpret_cast<const unsigned char*>(whole.data());
  PKCS12* pfx = d2i_PKCS12(nullptr, &at, static_cast<long>(whole.size()));
  const ASN1_INTEGER* named = nullptr;
  PKCS12_get0_mac(nullptr, nullptr, nullptr, &named, pfx);
  ASN1_INTEGER_set(const_cast<ASN1_INTEGER*>(named), rounds);
  const std::string bytes = der(pfx, i2d_PKCS12);
  PKCS12_free(pfx);
  return bytes;
}

std::string said_of(const std::string& file) {
  const auto read = read_pfx(file, "pw");
  return read ? "none" : read.error().text();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(derivation_rounds_)

BOOST_AUTO_TEST_CASE(a_mac_of_endless_rounds_is_refused) {
  BOOST_TEST(said_of(file_with_mac_of(endless)) == refusal);
  BOOST_TEST(said_of(file_with_mac_of(-1)) == refusal);
}

BOOST_AUTO_TEST_CASE(a_key_or_a_safe_of_endless_rounds_is_refused) {
  BOOST_TEST(said_of(file_with_keys({pbes2(endless)})) == refusal);
  BOOST_TEST(said_of(file_with_keys({PKCS5_pbe_set(NID_pbe_WithSHA1And3_Key_TripleDES_CBC, endless,
                                                   nullptr, 0)})) == refusal);
  BOOST_TEST(said_of(file_with_encrypted_safe(pbes2(endless))) == refusal);
}

BOOST_AUTO_TEST_CASE(many_derivations_count_together) {
  constexpr int half = derivation_rounds_max / 2;
  BOOST_TEST(said_of(file_with_keys({pbes2(half), pbes2(half + 1)})) == refusal);
  const auto two = said_of(file_with_keys({pbes2(half), pbes2(half)}));
  BOOST_TEST(two == "Certificate file: it holds several private keys");
}

BOOST_AUTO_TEST_CASE(scrypt_is_not_begun) {
  X509_ALGOR* scrypt = PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), nullptr, 0, nullptr, 1024, 1, 1);
  BOOST_REQUIRE(scrypt);
  BOOST_TEST(said_of(file_with_keys({scrypt})) == refusal);
}

BOOST_AUTO_TEST_CASE(what_is_advised_is_taken) {
  test::OpensslTool tool;
  test::TestMachine machine;
  tool.write("own.pem", make_self_signed(machine, "gw.corp.test").pem);
  BOOST_REQUIRE(tool.run("pkcs12 -export -in own.pem -passout pass:pw -iter 600000 -out own.pfx"));
  BOOST_TEST(said_of(tool.read("own.pfx")) == "none");
}

BOOST_AUTO_TEST_CASE(a_key_file_has_the_same_bound) {
  X509_SIG* shrouded = encrypted_by(pbes2(endless));
  const BioHandle bio(BIO_new(BIO_s_mem()));
  BOOST_REQUIRE(PEM_write_bio_PKCS8(bio.get(), shrouded));
  X509_SIG_free(shrouded);
  const auto read = read_key_file(text_of(bio.get()), "pw");
  BOOST_REQUIRE(!read);
  BOOST_TEST(read.error().text().starts_with(
      "Key file: opening it takes more than 2000000 rounds of PBKDF2"));
  const auto usual = read_key_file(write_key_file(make_key(KeyKind::p256), "pw"), "pw");
  BOOST_TEST(bool(usual));
}

BOOST_AUTO_TEST_SUITE_END()
