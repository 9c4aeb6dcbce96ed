#include "reference/smtp/dsn.hpp"

#include <boost/test/unit_test.hpp>

namespace sealgate::smtp {

BOOST_AUTO_TEST_CASE(notify_is_never_or_a_list_of_occasions) {
  const auto again = [](std::string_view text) {
    const auto parsed = parse_notify(text);
    return parsed ? to_text(*parsed) : "bad";
  };
  BOOST_TEST(again("") == "");
  BOOST_TEST(again("never") == "NEVER");
  BOOST_TEST(again("Success") == "SUCCESS");
  BOOST_TEST(again("DELAY,FAILURE,SUCCESS,DELAY") == "SUCCESS,FAILURE,DELAY");
  for (const char* bad : {"NEVER,SUCCESS", "SUCCESS,", ",", "ALWAYS", "SUCCESS,,DELAY"}) {
    BOOST_TEST(again(bad) == "bad", bad);
  }
}

BOOST_AUTO_TEST_CASE(without_notify_a_failure_is_told_and_with_it_only_what_was_asked_for) {
  BOOST_TEST(Notify{}.tells_failure());
  BOOST_TEST(Notify{}.tells_delay());
  BOOST_TEST(!parse_notify("NEVER")->tells_failure());
  BOOST_TEST(!parse_notify("SUCCESS")->tells_failure());
  BOOST_TEST(!parse_notify("FAILURE")->tells_delay());
  BOOST_TEST(parse_notify("DELAY")->tells_delay());
}

BOOST_AUTO_TEST_CASE(xtext_is_checked_and_decoded) {
  BOOST_TEST(is_xtext("bob+2Btag@x"));
  for (const char* bad : {"a b", "a=b", "a+", "a+2", "a+zz", "\xc3\xbc", "a\x7f"}) {
    BOOST_TEST(!is_xtext(bad), bad);
  }
  BOOST_TEST(decode_xtext("bob+2Btag+3D@x+") == "bob+tag=@x+");
  BOOST_TEST((is_envelope_id(std::string(100, 'a')) && !is_envelope_id(std::string(101, 'a'))));
  BOOST_TEST(!is_envelope_id(""));
}

BOOST_AUTO_TEST_CASE(an_original_recipient_is_a_type_and_an_address) {
  BOOST_TEST(is_original_recipient("rfc822;bob@partner.test"));
  BOOST_TEST(
      is_original_recipient("utf-8;b\xc3\xbc"
                            "b@partner.test"));
  for (const char* bad : {"bob@partner.test", ";bob", "rfc822;", "rf c;bob", "rfc822;b\xc3\xbc"}) {
    BOOST_TEST(!is_original_recipient(bad), bad);
  }
  BOOST_TEST(!is_original_recipient("rfc822;" + std::string(494, 'a')));
}

BOOST_AUTO_TEST_CASE(return_is_full_or_headers) {
  BOOST_TEST((parse_return("full") == Return::full));
  BOOST_TEST((parse_return("HDRS") == Return::headers));
  BOOST_TEST((parse_return("") == Return::unspecified));
  BOOST_TEST(!parse_return("SOME"));
}

}  // namespace sealgate::smtp
