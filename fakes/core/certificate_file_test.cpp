#include "fakes/core/certificate_file.hpp"

#include <boost/test/unit_test.hpp>

#include "fakes/core/test_host.hpp"

using namespace fakes;

namespace {

struct Office {
  std::string make(FileContent content, const std::string& password = "abc123") {
    return make_file(host, ca, {CertificateKind::good, "gw.corp.test", password, content});
  }
  TestHost host;
  LabCa ca;
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_good_file_opens_with_its_password_alone, Office) {
  const auto file = make(FileContent::everything);
  const auto shown = describe_file(file, "abc123");
  BOOST_REQUIRE(shown);
  BOOST_TEST(has(*shown, "key EC\n"));
  BOOST_TEST(has(*shown, "certificate CN=gw.corp.test by CN=Lab Intermediate\n"));
  BOOST_TEST(has(*shown, "issuer CN=Lab Intermediate\n"));
  BOOST_TEST(!describe_file(file, "abc124"));
}

BOOST_FIXTURE_TEST_CASE(what_is_left_out_is_not_there, Office) {
  BOOST_TEST(has(describe_file(make(FileContent::no_key), "abc123").value(), "key none"));
  BOOST_TEST(!describe_file(make(FileContent::truncated), "abc123"));
  BOOST_TEST(!describe_file(make(FileContent::der_certificate), "abc123"));
  BOOST_TEST(make(FileContent::too_large).size() == 2'000'000u);
}

BOOST_FIXTURE_TEST_CASE(only_a_request_is_signed, Office) {
  BOOST_TEST(!describe_request("no request"));
  const auto nobody = [](const std::string&, EVP_PKEY*) { return CertificateChain{}; };
  BOOST_CHECK_THROW(sign_request("no request", nobody), std::runtime_error);
}
