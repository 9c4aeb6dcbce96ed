#include "reference/message/direction.hpp"

#include <boost/test/unit_test.hpp>

namespace sealgate::message {

BOOST_AUTO_TEST_CASE(direction_follows_from_which_side_is_protected) {
  const ProtectedDomains domains{"corp.test", "Branch.Corp.test"};
  BOOST_TEST(to_string(domains.direction("corp.test", "branch.corp.test")) == "internal");
  BOOST_TEST(to_string(domains.direction("partner.test", "corp.test")) == "inbound");
  BOOST_TEST(to_string(domains.direction("corp.test", "partner.test")) == "outbound");
  BOOST_TEST(to_string(domains.direction("partner.test", "other.test")) == "outbound");  // relay
}

BOOST_AUTO_TEST_CASE(null_sender_is_not_protected) {
  const ProtectedDomains domains{"corp.test"};
  BOOST_TEST(to_string(domains.direction("", "corp.test")) == "inbound");
  BOOST_TEST(to_string(domains.direction("", "partner.test")) == "outbound");
}

BOOST_AUTO_TEST_CASE(domains_are_compared_without_case_and_final_dot_and_exactly) {
  const ProtectedDomains domains{"CORP.test."};
  BOOST_TEST(domains.contains("corp.TEST"));
  BOOST_TEST(domains.contains("corp.test."));
  BOOST_TEST(
      ProtectedDomains{"xn--bcher-kva.test"}.contains("b\xc3\xbc"
                                                      "cher.test"));
  BOOST_TEST(!domains.contains("sub.corp.test"));
  BOOST_TEST(!domains.contains("notcorp.test"));
  BOOST_TEST(!domains.contains("corp.test.evil.test"));
  BOOST_TEST(ProtectedDomains{""}.empty());
  BOOST_TEST(!ProtectedDomains{""}.contains(""));
}

}  // namespace sealgate::message
