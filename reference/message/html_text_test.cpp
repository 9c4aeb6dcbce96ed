#include "reference/message/html_text.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using sealgate::message::html_to_text;

BOOST_AUTO_TEST_CASE(tags_inside_a_word_vanish_and_blocks_divide) {
  BOOST_TEST(html_to_text("confi<b>den</b>tial") == "confidential");
  BOOST_TEST(html_to_text("<p>one</p><p>two</p>") == "\none\n\ntwo\n");
  BOOST_TEST(html_to_text("a<br>b<BR/>c") == "a\nb\nc");
  BOOST_TEST(html_to_text("<td>one</td><td>two</td>") == "\none\n\ntwo\n");
}

BOOST_AUTO_TEST_CASE(entities_are_decoded) {
  BOOST_TEST(html_to_text("R&amp;D &lt;x&gt; &#99;&#x6F;de &euro;5") ==
             "R&D <x> code \xE2\x82\xAC"
             "5");
  BOOST_TEST(html_to_text("confi&shy;dential") == "confidential");
  BOOST_TEST(html_to_text("&unknown; & &; &#0; &#x110000;") == "&unknown; & &; &#0; &#x110000;");
}

BOOST_AUTO_TEST_CASE(what_no_reader_sees_is_left_out) {
  BOOST_TEST(html_to_text("a<!-- b -->c") == "ac");
  BOOST_TEST(html_to_text("a<script>if (1<2) b()</script>c") == "ac");
  BOOST_TEST(html_to_text("a<style>p { }</STYLE>c") == "ac");
}

BOOST_AUTO_TEST_CASE(what_is_never_closed_is_text) {
  BOOST_TEST(html_to_text("1 < 2 and 3 > 2") == "1 < 2 and 3 > 2");
  BOOST_TEST(html_to_text("a <b secret") == "a <b secret");
  BOOST_TEST(html_to_text("a<!-- secret").find("secret") != std::string::npos);
  BOOST_TEST(html_to_text("a<script>secret").find("secret") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_hostile_text_takes_linear_time) {
  std::string open;  // each beginning would look for an end that never comes
  for (int i = 0; i < 300'000; ++i) open += "<a <!-- <script> ";
  BOOST_TEST(html_to_text(open).size() > 0u);
}
