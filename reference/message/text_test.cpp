#include "reference/message/text.hpp"

#include <boost/test/unit_test.hpp>

namespace sealgate::message {

// The examples of RFC 2047 section 8, without their comments' parentheses where a Subject has none.
BOOST_AUTO_TEST_CASE(encoded_words_of_rfc_2047_are_decoded) {
  BOOST_TEST(decode_text("=?US-ASCII?Q?Keith_Moore?= <moore@cs.utk.edu>") ==
             "Keith Moore <moore@cs.utk.edu>");
  BOOST_TEST(decode_text("=?ISO-8859-1?Q?Andr=E9?= Pirard") == "André Pirard");
  BOOST_TEST(decode_text("=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?=\t"
                         "=?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?=") ==
             "If you can read this you understand the example.");
  BOOST_TEST(decode_text("=?ISO-8859-1?Q?a?= b") == "a b");
  BOOST_TEST(decode_text("=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=") == "ab");
  BOOST_TEST(decode_text("=?ISO-8859-1?Q?a_?= =?ISO-8859-2?Q?b?=") == "a b");
}

BOOST_AUTO_TEST_CASE(other_charsets_are_decoded) {
  BOOST_TEST(decode_text("=?utf-8?B?5py65a+G5paH5Lu2?=") == "机密文件");
  BOOST_TEST(decode_text("=?koi8-r?B?8NLJ18XU?=") == "Привет");
  BOOST_TEST(decode_text("=?iso-2022-jp?B?GyRCNSFMKRsoQg==?=") == "機密");
}

BOOST_AUTO_TEST_CASE(raw_8_bit_text_is_utf_8_or_else_windows_1252) {
  BOOST_TEST(decode_text("Grüße") == "Grüße");
  BOOST_TEST(decode_text("Gr\xfc\xdf"
                         "e \x80 5") == "Grüße € 5");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_decoded_stays_and_is_valid_utf_8) {
  BOOST_TEST(decode_text("=?utf-8?Q?open") == "=?utf-8?Q?open");
  BOOST_TEST(decode_text("100 =?? sure") == "100 =?? sure");
  const std::string broken = decode_text("=?utf-8?Q?=FF=FE_confidential?=");
  BOOST_TEST(broken.find("confidential") != std::string::npos);
  BOOST_TEST(broken.find('\xff') == std::string::npos);
  BOOST_TEST(decode_text(std::string_view("a\0b", 3)) == "a b");
}

BOOST_AUTO_TEST_CASE(subject_is_found_unfolded_and_decoded) {
  BOOST_TEST(
      decoded_subject("From: a@b.test\r\nsubject: =?utf-8?Q?confi?=\r\n =?utf-8?Q?dential?=\r\n"
                      " results\r\n\r\nbody") == "confidential results");
  BOOST_TEST(decoded_subject("From: a@b.test\r\n\r\nSubject: body") == "");
  BOOST_TEST(decoded_subject("Subject: one\r\nSubject: two\r\n\r\n") == "one\ntwo");
}

}  // namespace sealgate::message
