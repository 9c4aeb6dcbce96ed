#include "reference/settings/network.hpp"

#include <boost/test/unit_test.hpp>

namespace {

bool contains(const char* network, const char* address) {
  return sealgate::settings::parse_network(network).value().contains(
      boost::asio::ip::make_address(address));
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_network_contains_the_addresses_that_share_its_leading_bits) {
  BOOST_TEST(contains("192.0.2.0/24", "192.0.2.255"));
  BOOST_TEST(!contains("192.0.2.0/24", "192.0.3.0"));
  BOOST_TEST(contains("192.0.2.128/25", "192.0.2.200"));
  BOOST_TEST(!contains("192.0.2.128/25", "192.0.2.127"));
  BOOST_TEST(contains("192.0.2.7", "192.0.2.7"));
  BOOST_TEST(!contains("192.0.2.7", "192.0.2.6"));
  BOOST_TEST(contains("0.0.0.0/0", "203.0.113.9"));
}

BOOST_AUTO_TEST_CASE(families_do_not_mix_except_for_mapped_addresses) {
  BOOST_TEST(contains("2001:db8::/32", "2001:db8:1::1"));
  BOOST_TEST(!contains("2001:db8::/32", "2001:db9::1"));
  BOOST_TEST(!contains("0.0.0.0/0", "2001:db8::1"));
  BOOST_TEST(contains("192.0.2.0/24", "::ffff:192.0.2.9"));
}
