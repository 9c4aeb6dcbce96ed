#include "reference/message/mime_parameters.hpp"

#include <boost/test/unit_test.hpp>

using sealgate::message::parse_parameters;

namespace {

std::string filename(std::string_view value) {
  return parse_parameters(value).get("filename");
}

}  // namespace

BOOST_AUTO_TEST_CASE(words_and_parameters_are_read_with_comments_and_quotes) {
  const auto parsed =
      parse_parameters(" Text/Plain (a comment); CHARSET = \"utf-8\" ; format=flowed;");
  BOOST_TEST(parsed.word == "text/plain");
  BOOST_TEST(parsed.get("charset") == "utf-8");
  BOOST_TEST(parsed.get("format") == "flowed");
  BOOST_TEST(parsed.get("delsp") == "");
}

BOOST_AUTO_TEST_CASE(file_names_are_read_in_all_their_spellings) {
  BOOST_TEST(filename("attachment; filename=a.txt") == "a.txt");
  BOOST_TEST(filename("attachment; filename=\"a \\\"b\\\";.txt\"") == "a \"b\";.txt");
  BOOST_TEST(filename("attachment; filename*=UTF-8''%E2%82%AC%20rates.txt") ==
             "\xE2\x82\xAC rates.txt");
  BOOST_TEST(filename("attachment; filename*=ISO-8859-1'en'%A3.txt") == "\xC2\xA3.txt");
  BOOST_TEST(filename("a; filename*0*=utf-8''%e2%82; filename*1*=%ac; filename*2=.txt") ==
             "\xE2\x82\xAC.txt");
  BOOST_TEST(filename("a; filename*1=b.txt; filename*0=a") == "ab.txt");
  BOOST_TEST(filename("a; filename=\"=?utf-8?Q?r=C3=A9sum=C3=A9.pdf?=\"") ==
             "r\xC3\xA9sum\xC3\xA9.pdf");
  BOOST_TEST(filename("a; filename=plain.txt; filename*=utf-8''real.txt") == "real.txt");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_left_out) {
  BOOST_TEST(filename("attachment; filename") == "");
  BOOST_TEST(filename("attachment; filename*99999999999=x; filename=y") == "y");
  BOOST_TEST(filename("attachment; filename=\"never closed") == "never closed");
  BOOST_TEST(parse_parameters("").word == "");
  BOOST_TEST(parse_parameters("((((((text/plain").word == "");
}
