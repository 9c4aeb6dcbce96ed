#include "reference/tls/candidate.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/tls/certificate_view.hpp"
#include "reference/tls/openssl_tool.hpp"
#include "reference/tls/pem.hpp"
#include "reference/tls/test_machine.hpp"

using namespace sealgate::tls;
using namespace std::chrono_literals;

namespace {

struct Importer : test::TestMachine {
  Credentials own = make_self_signed(*this, "gw.corp.test");
  Candidate candidate{own.key, {own.certificate}};

  std::string error_at(host::WallTime time) {
    const auto accepted = accept_candidate(candidate, time);
    return accepted ? "none" : accepted.error().text();
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(candidate)

BOOST_FIXTURE_TEST_CASE(a_certificate_for_another_key_is_refused, Importer) {
  candidate.key = make_key(KeyKind::p256);
  BOOST_TEST(error_at(wall_now()) ==
             "Certificate file: the certificate of CN=gw.corp.test belongs to another private key");
}

BOOST_FIXTURE_TEST_CASE(only_a_certificate_that_is_valid_now_is_taken, Importer) {
  const auto shown = view(own.certificate.get());
  BOOST_TEST(error_at(shown.not_after) == "none");
  BOOST_TEST(
      error_at(shown.not_after + 1s).starts_with("Certificate file: the certificate expired on "));
  BOOST_TEST(error_at(shown.not_before) == "none");
  BOOST_TEST(error_at(shown.not_before - 1s)
                 .starts_with("Certificate file: the certificate is not valid before "));
}

BOOST_FIXTURE_TEST_CASE(no_certificate_and_two_for_one_key_are_refused, Importer) {
  candidate.certificates.push_back(own.certificate);
  BOOST_TEST(error_at(wall_now()).find("several certificates") != std::string::npos);
  candidate.certificates.clear();
  BOOST_TEST(error_at(wall_now()) == "Certificate file: it holds no certificate");
}

BOOST_FIXTURE_TEST_CASE(an_unrelated_issuer_is_left_out, Importer) {
  candidate.certificates.push_back(make_self_signed(*this, "other.test").certificate);
  const auto accepted = accept_candidate(candidate, wall_now());
  BOOST_REQUIRE(accepted);
  BOOST_TEST(accepted.value().chain.empty());
}

BOOST_FIXTURE_TEST_CASE(a_weak_key_is_refused, Importer) {
  test::OpensslTool tool;
  BOOST_REQUIRE(tool.run("req -x509 -newkey rsa:1024 -nodes -keyout k -out c -subj /CN=weak"));
  candidate.key = read_key_file(tool.read("k"), "").value();
  candidate.certificates = read_certificates(tool.read("c"));
  BOOST_TEST(error_at(wall_now()) ==
             "Certificate file: RSA 1024 bits: at least 2048 bits are needed");
}

BOOST_AUTO_TEST_SUITE_END()
