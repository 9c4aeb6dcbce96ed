#include "reference/tls/key_file.hpp"

#include <openssl/evp.h>

#include <boost/test/unit_test.hpp>

#include "reference/tls/password_rules.hpp"

using namespace sealgate::tls;

BOOST_AUTO_TEST_SUITE(key_file)

BOOST_AUTO_TEST_CASE(a_key_survives_its_file) {
  const Key key = make_key(KeyKind::p256);
  const std::string file = write_key_file(key, "secret");
  BOOST_TEST(file.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
  const auto read = read_key_file(file, "secret");
  BOOST_REQUIRE(read);
  BOOST_TEST(EVP_PKEY_eq(read.value().get(), key.get()) == 1);
}

BOOST_AUTO_TEST_CASE(the_password_is_limited_at_its_edge) {  // CSR-03
  const Key key = make_key(KeyKind::p256);
  const std::string longest(100, 'x');
  BOOST_TEST(!check_key_password(longest));
  BOOST_TEST(bool(read_key_file(write_key_file(key, longest), longest)));
  const std::string too_long(101, 'x');
  BOOST_TEST(check_key_password(too_long)->text() ==
             "Key password: it has 101 characters, at most 100 are allowed");
  BOOST_TEST(read_key_file(write_key_file(key, too_long), too_long).error().field ==
             "Key password");
  // Characters are counted, not bytes.
  std::string umlauts;
  for (int i = 0; i < 100; ++i) umlauts += "\xc3\xa4";
  BOOST_TEST(!check_key_password(umlauts));
  BOOST_TEST(bool(check_key_password("")));
}

BOOST_AUTO_TEST_CASE(other_files_hold_no_key) {
  for (const char* text :
       {"", "hello", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"})
    BOOST_TEST(read_key_file(text, "secret").error().text() ==
               "Key file: it holds no private key in PEM form");
}

BOOST_AUTO_TEST_SUITE_END()
