#include "fakes/cloud/html_text.hpp"

#include <boost/test/unit_test.hpp>

using fakes::to_html;

BOOST_AUTO_TEST_CASE(nothing_of_a_text_is_markup) {
  BOOST_TEST(to_html("<b a=\"1\" c='2'>&amp;") ==
             "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;");
  BOOST_TEST(to_html("a\r\n\tb") == "a\r\n\tb");
}

BOOST_AUTO_TEST_CASE(what_is_not_ascii_is_a_character_reference) {
  BOOST_TEST(to_html("m\u00fcller@\u4f8b.test \U0001f512") ==
             "m&#252;ller@&#20363;.test &#128274;");
}

BOOST_AUTO_TEST_CASE(what_is_no_text_is_shown_as_such) {
  BOOST_TEST(to_html(std::string_view("a\0b\x1b\x7f", 5)) == "a&#65533;b&#65533;&#65533;");
  BOOST_TEST(to_html("\xc3") == "&#65533;");              // cut
  BOOST_TEST(to_html("\xc0\xbc") == "&#65533;&#65533;");  // '<', overlong
  BOOST_TEST(to_html("\xe0\x80\xbc") == "&#65533;&#65533;&#65533;");
  BOOST_TEST(to_html("\xed\xa0\x80") == "&#65533;&#65533;&#65533;");  // a surrogate
  BOOST_TEST(to_html("\xf4\x90\x80\x80") == "&#65533;&#65533;&#65533;&#65533;");
  BOOST_TEST(to_html("\xe2<") == "&#65533;&lt;");
}

BOOST_AUTO_TEST_CASE(a_long_one_is_cut_at_a_character) {
  BOOST_TEST(to_html("\u00fc\u00fc\u00fc", 2) == "&#252;&#252;&#8230;");
  BOOST_TEST(to_html("<>", 2) == "&lt;&gt;");
}
