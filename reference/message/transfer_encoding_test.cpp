#include "reference/message/transfer_encoding.hpp"

#include <boost/test/unit_test.hpp>

using namespace sealgate::message;

BOOST_AUTO_TEST_CASE(base64_is_written_as_rfc_4648_has_it) {
  // Section 10.
  BOOST_TEST(encode_base64("") == "");
  BOOST_TEST(encode_base64("f") == "Zg==");
  BOOST_TEST(encode_base64("fo") == "Zm8=");
  BOOST_TEST(encode_base64("foobar") == "Zm9vYmFy");
  BOOST_TEST(decode_base64(encode_base64("\xff\x00\x80")) == "\xff\x00\x80");
}

BOOST_AUTO_TEST_CASE(base64_is_read_whatever_stands_between_its_digits) {
  BOOST_TEST(decode_base64("SGVsbG8sIHdvcmxk") == "Hello, world");
  BOOST_TEST(decode_base64("SGVs\r\nbG8s IHdv!cmxk\r\n") == "Hello, world");
  BOOST_TEST(decode_base64("SGVsbG8=") == "Hello");
  BOOST_TEST(decode_base64("SGVsbG8") == "Hello");  // no padding
  BOOST_TEST(decode_base64("SGk=SGk=") == "HiHi");  // joined by a careless program
  BOOST_TEST(decode_base64("") == "");
  BOOST_TEST(decode_base64("A") == "");
}

BOOST_AUTO_TEST_CASE(quoted_printable_is_read_as_rfc_2045_says_and_beyond) {
  BOOST_TEST(decode_quoted_printable("a=3Db=C3=A9\r\n") == "a=b\xC3\xA9\r\n");
  BOOST_TEST(decode_quoted_printable("confi=\r\ndential") == "confidential");
  BOOST_TEST(decode_quoted_printable("confi= \t\r\ndential") == "confidential");
  BOOST_TEST(decode_quoted_printable("blanks \t\r\nend") == "blanks\r\nend");
  BOOST_TEST(decode_quoted_printable("=e2=82=ac") == "\xE2\x82\xAC");  // lower case
  BOOST_TEST(decode_quoted_printable("100=% of =ZZ") == "100=% of =ZZ");
  BOOST_TEST(decode_quoted_printable("cut =4") == "cut =4");
}

BOOST_AUTO_TEST_CASE(encodings_are_known_in_any_case_and_the_rest_is_identity) {
  BOOST_TEST((transfer_encoding_from(" BASE64 ") == TransferEncoding::base64));
  BOOST_TEST((transfer_encoding_from("base64; x=y") == TransferEncoding::base64));
  BOOST_TEST((transfer_encoding_from("Quoted-Printable") == TransferEncoding::quoted_printable));
  BOOST_TEST((transfer_encoding_from("x-rot13") == TransferEncoding::identity));
}
