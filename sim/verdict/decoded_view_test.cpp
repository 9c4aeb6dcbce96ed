#include "sim/verdict/decoded_view.hpp"

#include <boost/test/unit_test.hpp>

#include "sim/verdict/base64_runs.hpp"

namespace sealcheck::verdict {
namespace {

// Where the needle, found in the view, stands in the source; npos if it is not in the view.
std::size_t place(const std::optional<View>& view, std::string_view needle) {
  BOOST_TEST_REQUIRE(view.has_value());
  const std::size_t found = view->text().find(needle);
  return found == std::string::npos ? found : view->source_of(found);
}

}  // namespace

BOOST_AUTO_TEST_CASE(bytes_with_nothing_to_decode_have_no_view) {
  BOOST_TEST(!decode_base64_runs("a b, short words of at most 7 ch.").has_value());
  BOOST_TEST(!decode_quoted_printable("a=b =G0 =4").has_value());
  BOOST_TEST(
      !decode_header_text("Subject: =?x =?utf-8?X?abc?= =?utf-8?Q?abc\r\nplain\r\n").has_value());
  BOOST_TEST(!decode_base64_runs("").has_value());
}

BOOST_AUTO_TEST_CASE(base64_knows_its_places) {
  // RFC 4648 section 10, "foobar", and the same broken over lines.
  BOOST_TEST(place(decode_base64_runs("to: Zm9vYmFy."), "foobar") == 4u);
  BOOST_TEST(place(decode_base64_runs("to: Zm9vYmFy."), "bar") == 8u);
  BOOST_TEST(place(decode_base64_runs("to: Zm9v\r\n\r\n YmFy."), "bar") == 13u);
  BOOST_TEST(place(decode_base64_runs("to: xZm9v\nYmFy"), "foobar") == 5u);
  BOOST_TEST(place(decode_base64_runs("Zm9vYmE=Zm9vYmFy"), "foobar") == 8u);
}

BOOST_AUTO_TEST_CASE(both_base64_alphabets_are_decoded) {
  BOOST_TEST(place(decode_base64_runs("Pj4+Pz8/"), ">>>???") == 0u);
  BOOST_TEST(place(decode_base64_runs("t=Pj4-Pz8_;"), ">>>???") == 2u);
}

BOOST_AUTO_TEST_CASE(a_space_and_padding_end_a_base64_run) {
  BOOST_TEST(place(decode_base64_runs("AUTH PLAINPLAIN Zm9vYmFy"), "foobar") == 16u);
  BOOST_TEST(!decode_base64_runs("Zm9v YmFy").has_value());
  BOOST_TEST(!decode_base64_runs("Zm9v=YmFy").has_value());
}

BOOST_AUTO_TEST_CASE(quoted_printable_knows_its_places) {
  const std::optional<View> view = decode_quoted_printable("a=3Db=\r\nc=ZZ=3d=  \r\nd");
  BOOST_TEST_REQUIRE(view.has_value());
  BOOST_TEST(view->text() == "a=bc=ZZ=d");
  BOOST_TEST(place(view, "b") == 4u);
  BOOST_TEST(place(view, "c") == 8u);
  BOOST_TEST(place(view, "d") == 20u);
}

BOOST_AUTO_TEST_CASE(a_dot_that_smtp_doubled_after_a_soft_break_is_one) {
  BOOST_TEST(decode_quoted_printable("bob=\r\n..x")->text() == "bob.x");
  BOOST_TEST(decode_quoted_printable("bob=\r\n.x")->text() == "bob.x");
}

BOOST_AUTO_TEST_CASE(header_text_is_unfolded_and_decoded) {
  // RFC 2047 section 8.
  BOOST_TEST(decode_header_text("(=?ISO-8859-1?Q?a?= b)")->text() == "(a b)");
  BOOST_TEST(decode_header_text("(=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=)")->text() == "(ab)");
  BOOST_TEST(decode_header_text("(=?x?Q?a?=  \r\n   =?x?b?Yg==?=)")->text() == "(ab)");
  BOOST_TEST(decode_header_text("(=?x?q?a_=62?=)")->text() == "(a b)");
  BOOST_TEST(decode_header_text("To: a,\r\n\tb\r\n")->text() == "To: a,\tb\r\n");
  BOOST_TEST(place(decode_header_text("a\r\n b =?x?Q?cd?= e"), "e") == 17u);
  BOOST_TEST(place(decode_header_text("a\r\n b =?x?Q?cd?= =?x?Q?f?= e"), "f") == 17u);
}

}  // namespace sealcheck::verdict
