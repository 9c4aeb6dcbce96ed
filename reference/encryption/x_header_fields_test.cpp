#include "reference/encryption/x_header_fields.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace sealgate::encryption;
using sealgate::message::scan_header;
using sealgate::settings::XHeader;

const XHeader trigger{"X-Encrypt", "yes"};
const XHeader success{"X-Status", "encrypted"};
const XHeader failure{"X-Status", "failed"};
const std::string rest = "Subject: a\r\n b\r\n\r\nX-Encrypt: yes\r\n";

std::string_view status(const std::string& fields) {
  return to_word(return_status(scan_header(fields + rest), success, failure));
}

std::string endless() {
  std::string message;
  for (int i = 0; i < 1000; ++i) message += "A: b\r\n";
  return message + "X-Encrypt: yes\r\n" + rest;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(x_header_fields)

BOOST_AUTO_TEST_CASE(a_mark_is_one_field_and_changes_no_other_byte) {  // TPA-03
  std::string message = rest;
  BOOST_TEST(mark(message, trigger));
  BOOST_TEST(message == "X-Encrypt: yes\r\n" + rest);
  BOOST_TEST(mark(message, trigger));
  BOOST_TEST(message == "X-Encrypt: yes\r\n" + rest);
  message = "A: b\r\nx-encrypt :\r\n no\r\nX-ENCRYPT: YES\r\n" + rest;
  BOOST_TEST(mark(message, trigger));
  BOOST_TEST(message == "X-Encrypt: yes\r\nA: b\r\n" + rest);
}

BOOST_AUTO_TEST_CASE(what_is_in_the_body_is_no_header) {
  BOOST_TEST(!carries(scan_header(rest), trigger));
  std::string message = rest;
  BOOST_TEST(strip(message, {trigger}).fields.empty());
  BOOST_TEST(message == rest);
}

BOOST_AUTO_TEST_CASE(every_field_of_the_names_goes_whatever_its_value) {  // RUL-12, RUL-26
  std::string message =
      "x-encrypt: No\r\nA: b\r\nX-Status:\r\n  fail\r\n\ted\r\nX-Encrypt2: yes\r\n" + rest;
  const Stripped stripped = strip(message, {trigger, success, failure});
  BOOST_TEST(message == "A: b\r\nX-Encrypt2: yes\r\n" + rest);
  const std::vector<std::string> expected = {"x-encrypt: No", "X-Status: fail\ted"};
  BOOST_TEST(stripped.fields == expected, boost::test_tools::per_element());
  BOOST_TEST(stripped.complete);
}

BOOST_AUTO_TEST_CASE(a_header_too_big_to_know_is_said_to_be_so) {
  std::string message = endless();
  BOOST_TEST(!strip(message, {trigger}).complete);
  BOOST_TEST(!mark(message, trigger));
  BOOST_TEST(message == endless());
}

BOOST_AUTO_TEST_CASE(success_counts_alone_and_failure_in_any_company) {  // TPA-05, TPA-06
  BOOST_TEST(status("x-status: encrypted \r\n") == "encrypted");
  BOOST_TEST(status("X-Status: failed\r\n") == "failed");
  BOOST_TEST(status("X-Status: failed\r\nX-Status: encrypted\r\n") == "failed");
  BOOST_TEST(status("X-Status: encrypted\r\nX-Status: failed\r\n") == "failed");
}

BOOST_AUTO_TEST_CASE(a_mismatch_is_not_success) {  // TPA-07, RUL-27
  BOOST_TEST(status("") == "unmarked");
  BOOST_TEST(status("X-Status: Encrypted\r\n") == "unmarked");
  BOOST_TEST(status("X-Status: encrypted ok\r\n") == "unmarked");
  BOOST_TEST(status("X-State: encrypted\r\n") == "unmarked");
}

BOOST_AUTO_TEST_SUITE_END()
