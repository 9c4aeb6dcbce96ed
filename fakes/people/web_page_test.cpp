#include "fakes/people/web_page.hpp"

#include <boost/test/unit_test.hpp>

using namespace fakes;

BOOST_AUTO_TEST_CASE(a_page_is_read_as_a_person_sees_it) {
  const WebPage page = read_page(
      "<!DOCTYPE html><title>t</title><style>p{a>b}</style><h1>Hello &lt;Bob&gt;</h1>\n"
      "<p class=\"note wrong\">No &#252;se &amp;amp;</p><p>more</p>\n"
      "<form method=\"POST\" action=\"/log-in\"><input type=\"hidden\" name=\"a\" value=\"\r\n"
      "x&quot;y\">\n<input name='b' required><button name=n value=2>Go</button></form>\n"
      "<form action=\"/other\"></form><iframe sandbox srcdoc=\"&lt;b&gt;in&lt;/b&gt;side\">");
  BOOST_TEST(page.heading == "Hello <Bob>");
  BOOST_TEST(page.note == "No \u00fcse &amp;");
  BOOST_TEST(page.text.find("more") != std::string::npos);
  BOOST_TEST(page.text.find("inside") != std::string::npos);
  BOOST_TEST(page.text.find("a>b") == std::string::npos);
  BOOST_TEST_REQUIRE(page.forms.size() == 2);
  const WebForm* form = page.form_to("/log-in");
  BOOST_TEST_REQUIRE(form);
  BOOST_TEST(form->method == "post");
  BOOST_TEST((form->values == FormValues{{"a", "\r\nx\"y"}, {"b", ""}}));
  BOOST_TEST((form->buttons == FormValues{{"n", "2"}}));
  BOOST_TEST(!page.form_to("/nowhere"));
}

BOOST_AUTO_TEST_CASE(a_page_that_is_cut_is_read_to_its_end) {
  const std::string whole = "<h1>a</h1><form action=\"/x\"><input name=\"a\" value=\"b\"></form>";
  for (std::size_t i = 0; i < whole.size(); ++i) read_page(whole.substr(0, i));
  BOOST_TEST(read_page("&amp &; &#; < ").text == "&amp &; &#; ");
}
