#include "reference/tls/credentials.hpp"

#include <openssl/x509v3.h>

#include <boost/test/unit_test.hpp>

#include "reference/tls/pem.hpp"
#include "reference/tls/test_machine.hpp"

using namespace sealgate::tls;
using test::TestMachine;

BOOST_FIXTURE_TEST_CASE(the_first_certificate_names_the_host_and_is_valid_now, TestMachine) {
  const auto made = make_self_signed(*this, "gw.corp.test");
  BOOST_TEST(is_usable(made));
  const auto certificate = read_certificate(made.pem);
  BOOST_REQUIRE(certificate);
  BOOST_TEST(X509_check_host(certificate.get(), "gw.corp.test", 0, 0, nullptr) == 1);
  BOOST_TEST(X509_check_host(certificate.get(), "mx.corp.test", 0, 0, nullptr) == 0);
  char name[64] = {};
  X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, name,
                            sizeof name);
  BOOST_TEST(std::string(name) == "gw.corp.test");
  BOOST_TEST(X509_verify(certificate.get(), X509_get0_pubkey(certificate.get())) == 1);
  auto instant = std::chrono::floor<std::chrono::seconds>(wall_now()).time_since_epoch().count();
  BOOST_TEST(X509_cmp_time(X509_get0_notBefore(certificate.get()), &instant) < 0);
  BOOST_TEST(X509_cmp_time(X509_get0_notAfter(certificate.get()), &instant) > 0);
}

BOOST_FIXTURE_TEST_CASE(a_certificate_is_made_once_and_kept, TestMachine) {
  const auto first = run(load_or_make(*this, "gw.corp.test"));
  const auto second = run(load_or_make(*this, "gw.corp.test"));
  BOOST_TEST(replacements == 1);
  BOOST_TEST((first.pem == second.pem));
  BOOST_TEST((files.at(std::string(credentials_file)) == first.pem));
}

BOOST_FIXTURE_TEST_CASE(a_kept_certificate_that_cannot_be_used_is_not_replaced, TestMachine) {
  files[std::string(credentials_file)] = "no pem";
  BOOST_CHECK_THROW(run(load_or_make(*this, "gw.corp.test")), std::runtime_error);
  BOOST_TEST(files.at(std::string(credentials_file)) == "no pem");
}

BOOST_FIXTURE_TEST_CASE(the_key_of_another_certificate_is_of_no_use, TestMachine) {
  const auto one = make_self_signed(*this, "gw.corp.test");
  const auto two = make_self_signed(*this, "gw.corp.test");
  const auto key = read_key(one.pem);
  const auto certificate = read_certificate(two.pem);
  BOOST_TEST(!is_usable(read_credentials(write_pem(key.get(), certificate.get()))));
  BOOST_TEST(!is_usable({}));
}
