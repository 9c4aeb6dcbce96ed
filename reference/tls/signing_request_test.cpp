#include "reference/tls/signing_request.hpp"

#include <boost/test/unit_test.hpp>

using namespace sealgate::tls;

namespace {

struct Requester {
  Key key = make_key(KeyKind::p256);
  SigningRequest request{
      {"US", "California", "San Diego", "Corp", "Mail", "gw.corp.test", "a@corp.test"}, "rosebud"};

  std::string error() {
    const auto written = write_signing_request(request, key);
    return written ? "none" : written.error().text();
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(signing_request)

BOOST_FIXTURE_TEST_CASE(what_was_written_is_read, Requester) {
  const auto read = read_signing_request(write_signing_request(request, key).value());
  BOOST_REQUIRE(read);
  BOOST_TEST((read.value().subject == request.subject));
  BOOST_TEST(read.value().challenge_password == "rosebud");
}

BOOST_FIXTURE_TEST_CASE(the_country_is_a_two_letter_code, Requester) {  // CSR-06
  for (const char* country : {"USA", "U", "U1", "\xc3\xa4"}) {
    request.subject.country = country;
    BOOST_TEST(error().starts_with("Country Name: "), country);
  }
  request.subject.country = "";
  BOOST_TEST(error() == "none");
}

BOOST_FIXTURE_TEST_CASE(fields_are_limited_at_their_edge, Requester) {
  request.subject.organization = std::string(64, 'o');
  request.subject.locality = std::string(128, 'l');
  request.challenge_password = std::string(20, 'p');
  BOOST_TEST(error() == "none");
  request.subject.organization += 'o';
  BOOST_TEST(error() == "Organization Name: it has 65 characters, at most 64 are allowed");
  request.subject.organization = "a\nb";
  BOOST_TEST(error().starts_with("Organization Name: it holds a control character"));
  request.subject.organization = "";
  request.challenge_password += 'p';
  BOOST_TEST(error().starts_with("Challenge password: "));
  request.challenge_password = "abc";
  BOOST_TEST(error().starts_with("Challenge password: "));
  request.challenge_password = "";
  request.subject.common_name = "";
  BOOST_TEST(error().starts_with("Common Name: it is required"));
}

BOOST_FIXTURE_TEST_CASE(an_altered_request_is_not_genuine, Requester) {
  const std::string pem = write_signing_request(request, key).value();
  BOOST_TEST(read_signing_request("hello").error().field == "CSR file");
  std::string altered = pem;
  altered[120] = altered[120] == 'A' ? 'B' : 'A';
  BOOST_TEST(!read_signing_request(altered));
}

BOOST_AUTO_TEST_CASE(a_common_name_that_is_not_the_host_s_is_warned_about) {  // CSR-09, RUL-31
  BOOST_TEST(!warn_about_name({.common_name = "GW.corp.test"}, "gw.corp.test"));
  const auto warning = warn_about_name({.common_name = "mail.corp.test"}, "gw.corp.test");
  BOOST_REQUIRE(warning);
  BOOST_TEST(warning->find("'mail.corp.test'") != std::string::npos);
  BOOST_TEST(warning->find("'gw.corp.test'") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
