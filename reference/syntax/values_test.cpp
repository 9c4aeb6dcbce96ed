#include "reference/syntax/values.hpp"

#include <boost/test/unit_test.hpp>

using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(values)

BOOST_AUTO_TEST_CASE(durations_are_read_in_falling_units_and_written_back) {
  BOOST_TEST((syntax::parse_duration("15m") == 15min));
  BOOST_TEST((syntax::parse_duration("1h30m") == 90min));
  BOOST_TEST((syntax::parse_duration("500ms") == 500ms));
  BOOST_TEST((syntax::parse_duration("1d2h3m4s5ms6us7ns") == 26h + 3min + 4s + 5ms + 6us + 7ns));
  BOOST_TEST((syntax::parse_duration("9223372036854775807ns") == std::chrono::nanoseconds::max()));
  for (const auto* text : {"", "0", "15", "m", "1m1h", "1m2m", "-1m", "1.5h", "15 m", "1M", "15mm",
                           "9223372036854775808ns", "106752d", "106751d86400s"}) {
    BOOST_TEST(!syntax::parse_duration(text), text);
  }
  for (const auto value :
       {0ns, 1ns, std::chrono::nanoseconds(90min), std::chrono::nanoseconds::max()}) {
    BOOST_TEST((syntax::parse_duration(syntax::format_duration(value)) == value));
  }
  BOOST_TEST(syntax::format_duration(90min) == "1h30m");
  BOOST_TEST(syntax::format_duration(-5s) == "-5s");
  BOOST_TEST(syntax::format_duration(std::chrono::nanoseconds::min()).starts_with("-106751d"));
}

BOOST_AUTO_TEST_CASE(numbers_and_sizes_refuse_overflow) {
  BOOST_TEST(syntax::parse_integer("-42").value() == -42);
  for (const auto* text : {"", "+1", "1x", " 1", "9223372036854775808"}) {
    BOOST_TEST(!syntax::parse_integer(text), text);
  }
  BOOST_TEST(syntax::parse_size("10kB").value() == 10000);
  BOOST_TEST(syntax::parse_size("512").value() == 512);
  BOOST_TEST(syntax::parse_size("2MiB").value() == 2097152);
  for (const auto* text : {"", "kB", "10KB", "1kB2", "-1B", "9223372036854775807kB"}) {
    BOOST_TEST(!syntax::parse_size(text), text);
  }
}

BOOST_AUTO_TEST_CASE(names_of_hosts_and_people_follow_their_rfcs) {
  BOOST_TEST(syntax::is_domain("partner.test"));
  BOOST_TEST(syntax::is_domain("_25._tcp.mx.test"));
  for (const std::string text :
       {"", ".", "a..b", "a.", "-a.b", "a-.b", "10.0.0.300", "a b", "ü.test"}) {
    BOOST_TEST(!syntax::is_domain(text), text);
  }
  BOOST_TEST(!syntax::is_domain(std::string(64, 'a')));
  BOOST_TEST(syntax::is_host("2001:db8::1"));
  BOOST_TEST(syntax::is_host("localhost"));
  BOOST_TEST(syntax::is_address("alice+x@corp.test"));
  BOOST_TEST(syntax::is_address("a@[192.0.2.1]"));
  BOOST_TEST(syntax::is_address("a@[IPv6:2001:db8::1]"));
  for (const std::string text :
       {"alice", "@b", "a@", ".a@b", "a..b@c", "a@b@c", "a@[x]", "a@[192.0.2.1"}) {
    BOOST_TEST(!syntax::is_address(text), text);
  }
  BOOST_TEST(!syntax::is_address(std::string(65, 'a') + "@b"));
  BOOST_TEST(!syntax::is_ip(std::string("192.0.2.1\0x", 11)));
}

BOOST_AUTO_TEST_CASE(networks_and_endpoints_are_taken_apart) {
  BOOST_TEST(syntax::parse_network("10.0.0.0/8")->prefix_length == 8);
  BOOST_TEST(syntax::parse_network("2001:db8::1")->prefix_length == 128);
  for (const auto* text : {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-0", "10.0.0.0/08", "a/8", "/8"}) {
    BOOST_TEST(!syntax::parse_network(text), text);
  }
  const auto v6 = syntax::parse_endpoint("[2001:db8::1]:25");
  BOOST_TEST_REQUIRE(v6.has_value());
  BOOST_TEST(v6->host == "2001:db8::1");
  BOOST_TEST(v6->port == 25);
  BOOST_TEST(syntax::parse_endpoint("mx.test:65535").has_value());
  for (const auto* text :
       {"mx.test", "mx.test:65536", "2001:db8::1:25", ":25", "[a]:25", "mx:", "mx:-1"}) {
    BOOST_TEST(!syntax::parse_endpoint(text), text);
  }
}

BOOST_AUTO_TEST_CASE(requirement_ids_are_areas_with_a_number) {
  for (const auto* text : {"TLS-M-02", "RUL-06", "A-1234"})
    BOOST_TEST(syntax::is_requirement_id(text), text);
  for (const auto* text :
       {"TLS", "TLS-1", "tls-01", "-01", "TLS--01", "TLS-01a", "1-01", "A-12345"}) {
    BOOST_TEST(!syntax::is_requirement_id(text), text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
