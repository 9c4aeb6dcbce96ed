#include "fakes/cloud/form_fields.hpp"

#include <boost/test/unit_test.hpp>

using namespace fakes;

BOOST_AUTO_TEST_CASE(a_form_is_read_as_a_browser_writes_it) {
  const auto form = FormFields::parse("a=1+2%2B3&b=%C3%BC%0D%0A&c&=d&a=second&e=x%3Dy=z");
  BOOST_TEST_REQUIRE(form.has_value());
  BOOST_TEST((*form)["a"] == "1 2+3");
  BOOST_TEST((*form)["b"] == "\u00fc\r\n");
  BOOST_TEST((*form)["c"] == "");
  BOOST_TEST((*form)["e"] == "x=y=z");
  BOOST_TEST((*form)["f"] == "");
}

BOOST_AUTO_TEST_CASE(half_an_escape_is_text_and_there_are_bounds) {
  const auto form = FormFields::parse("a=%4&b=%zz&c=%");
  BOOST_TEST((*form)["a"] == "%4");
  BOOST_TEST((*form)["b"] == "%zz");
  BOOST_TEST((*form)["c"] == "%");
  BOOST_TEST(FormFields::parse("").has_value());
  BOOST_TEST(FormFields::parse("a&b", 2).has_value());
  BOOST_TEST(!FormFields::parse("a&b&c", 2));
}

BOOST_AUTO_TEST_CASE(a_cookie_is_found_by_its_whole_name) {
  BOOST_TEST(cookie("a=1; ab=2; b=3=4", "a") == "1");
  BOOST_TEST(cookie("a=1; ab=2; b=3=4", "b") == "3=4");
  BOOST_TEST(cookie("xa=1", "a") == "");
  BOOST_TEST(cookie("", "a") == "");
}

BOOST_AUTO_TEST_CASE(a_file_name_goes_into_a_header_field) {
  BOOST_TEST(percent_encoded("Gr\u00fc\u00dfe \"1\"\r\n.pdf") ==
             "Gr%C3%BC%C3%9Fe%20%221%22%0D%0A.pdf");
}
