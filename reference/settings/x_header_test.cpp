#include "reference/settings/x_header.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace sealgate::settings;

XHeader good(std::string_view text) {
  auto parsed = parse_x_header("Encryption X-header", text);
  BOOST_REQUIRE(std::holds_alternative<XHeader>(parsed));
  return std::get<XHeader>(parsed);
}

std::string refusal(std::string_view text) {
  const auto parsed = parse_x_header("Encryption X-header", text);
  BOOST_REQUIRE(std::holds_alternative<FieldError>(parsed));
  BOOST_TEST(std::get<FieldError>(parsed).field == "Encryption X-header");
  return std::get<FieldError>(parsed).reason;
}

bool says(std::string_view text, std::string_view part) {
  return refusal(text).find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(x_header)

BOOST_AUTO_TEST_CASE(a_name_and_a_value_are_read) {  // TPA-16
  BOOST_TEST((good("X-Encrypt:yes") == XHeader{"X-Encrypt", "yes"}));
  BOOST_TEST((good("X-Encrypt: \t yes \t") == XHeader{"X-Encrypt", "yes"}));
  BOOST_TEST((good("x!#$%&'*+-.^_`|~9:a:b c") == XHeader{"x!#$%&'*+-.^_`|~9", "a:b c"}));
  BOOST_TEST(good("X-Encrypt: yes").text() == "X-Encrypt:yes");
}

BOOST_AUTO_TEST_CASE(what_is_no_header_line_is_refused) {  // TPA-18
  BOOST_TEST(says("", "no colon"));
  BOOST_TEST(says("X-Encrypt", "no colon"));
  BOOST_TEST(says(":yes", "no name"));
  BOOST_TEST(says("X-Encrypt:", "no value"));
  BOOST_TEST(says("X-Encrypt: \t", "no value"));
  BOOST_TEST(says("X Encrypt:yes", "a space"));
  BOOST_TEST(says("X-Encrypt :yes", "a space"));
  BOOST_TEST(says(" X-Encrypt:yes", "a space"));
  BOOST_TEST(says("X-Encrypt:yes\r\nBcc:eve@evil.test", "line break"));
  BOOST_TEST(says("X-Encrypt:yes\n", "line break"));
  BOOST_TEST(says("X-Encrypt:yes\r", "line break"));
  BOOST_TEST(says(std::string_view("X-Encrypt:y\0s", 13), "NUL"));
  BOOST_TEST(says("X-Encrypt:\xc3\xbc", "ASCII"));
  BOOST_TEST(says("X-\xc3\xbc:yes", "ASCII"));
  BOOST_TEST(says("X-Encrypt:\x1byes", "control"));
  BOOST_TEST(says("X-Encrypt:\x7f", "control"));
}

BOOST_AUTO_TEST_CASE(a_line_has_998_octets_and_no_more) {
  const std::string longest(x_header_octets_max - std::string_view("X-Encrypt: ").size(), 'v');
  BOOST_TEST(good("X-Encrypt:" + longest).value == longest);
  BOOST_TEST(says("X-Encrypt:" + longest + "v", "longer than the 998"));
  BOOST_TEST(says(std::string(998, 'n') + ":v", "longer than the 998"));
}

BOOST_AUTO_TEST_CASE(a_field_of_the_message_itself_is_refused) {
  for (const char* name : {"Received", "received", "FROM", "To", "Subject", "Message-ID", "Bcc",
                           "Return-Path", "MIME-Version", "content-type", "Resent-To",
                           "DKIM-Signature", "ARC-Seal", "List-Id", "Date"}) {
    BOOST_TEST(says(std::string(name) + ":x", "field of the message"), name);
  }
  for (const char* name : {"X-From", "Fro", "Froms", "Content", "Encrypt"}) {
    BOOST_TEST(good(std::string(name) + ":x").name == name);
  }
}

BOOST_AUTO_TEST_CASE(the_name_matches_without_case_and_the_value_exactly) {  // RUL-27
  const XHeader header = good("X-Encrypt:yes");
  BOOST_TEST(header.matches("x-ENCRYPT", "yes"));
  BOOST_TEST(header.matches("X-Encrypt", " \tyes\t "));
  BOOST_TEST(!header.matches("X-Encrypt", "Yes"));
  BOOST_TEST(!header.matches("X-Encrypt", "yes!"));
  BOOST_TEST(!header.matches("X-Encrypt", "ye"));
  BOOST_TEST(!header.matches("X-Encrypt", ""));
  BOOST_TEST(!header.matches("X-Encrypt2", "yes"));
  BOOST_TEST(!header.matches("X-Encryp", "yes"));
}

BOOST_AUTO_TEST_SUITE_END()
