#include "reference/message/idna.hpp"

#include <boost/test/unit_test.hpp>

namespace sealgate::message {

BOOST_AUTO_TEST_CASE(a_domain_beyond_ascii_has_an_ascii_form) {
  BOOST_TEST(to_ascii_domain("B\xc3\xbc"
                             "cher.test") == "xn--bcher-kva.test");
  BOOST_TEST(to_ascii_domain("stra\xc3\x9f"
                             "e.test") == "xn--strae-oqa.test");  // not "strasse"
  BOOST_TEST(to_ascii_domain("Corp.TEST") == "Corp.TEST");
  BOOST_TEST(to_ascii_domain("[192.0.2.1]") == "[192.0.2.1]");
  BOOST_TEST(to_ascii_domain("\xe2\x98\x83\xff.test") == "\xe2\x98\x83\xff.test");
}

}  // namespace sealgate::message
