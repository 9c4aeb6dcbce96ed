#include "sim/world/virtual/packet_capture_headers.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace sealcheck::world::capture;
using namespace std::string_literals;

host::Endpoint endpoint(std::string_view text) {
  return parse_endpoint(text).value();
}

// The transport checksum by the letter of RFC 9293 section 3.1 and RFC 8200 section 8.1, over the
// finished packet: 0 if it is right.
std::uint16_t remaining_sum(const std::string& packet) {
  const bool v4 = packet[0] == '\x45';
  const std::string segment = packet.substr(v4 ? 20 : 40);
  const std::string length = {static_cast<char>(segment.size() >> 8),
                              static_cast<char>(segment.size())};
  const std::string pseudo = v4 ? packet.substr(12, 8) + '\0' + packet[9] + length
                                : packet.substr(8, 32) + "\0\0"s + length + "\0\0\0"s + packet[6];
  return internet_checksum(pseudo + segment);
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_checksum_is_that_of_rfc_1071) {
  BOOST_TEST(internet_checksum("\x00\x01\xf2\x03\xf4\xf5\xf6\xf7"s) == 0x220d);  // section 3
  BOOST_TEST(internet_checksum("\xab"s) == 0x54ff);  // an odd byte is the higher one
  BOOST_TEST(internet_checksum("") == 0xffff);
}

BOOST_AUTO_TEST_CASE(an_ipv4_header_is_complete) {
  // A well-known example header: 115 bytes of UDP from 192.168.0.1 to 192.168.0.199.
  const std::string packet =
      udp_packet(endpoint("192.168.0.1:53"), endpoint("192.168.0.199:1024"), std::string(87, 'x'));
  const std::string header =
      "\x45\x00\x00\x73\x00\x00\x40\x00\x40\x11\xb8\x61\xc0\xa8\x00\x01\xc0\xa8\x00\xc7"s;
  BOOST_TEST((packet.substr(0, 20) == header));
  BOOST_TEST(packet.size() == 115u);
}

BOOST_AUTO_TEST_CASE(transport_checksums_are_right_in_both_families_and_for_odd_lengths) {
  const auto check = [](const std::string& packet) {
    BOOST_TEST(remaining_sum(packet) == 0);
    std::string damaged = packet;
    damaged.back() = static_cast<char>(damaged.back() ^ 1);
    BOOST_TEST(remaining_sum(damaged) != 0);
  };
  for (const char* from : {"192.0.2.1:40000", "[2001:db8::1]:40000"})
    for (const char* payload : {"", "odd", "even"}) {
      const auto to = endpoint(from[0] == '[' ? "[2001:db8::2]:25" : "192.0.2.2:25");
      check(tcp_packet({endpoint(from), to, 1, 2, psh | ack}, payload));
      check(tcp_packet({endpoint(from), to, 1, 0, syn}, payload));
      check(udp_packet(endpoint(from), to, payload));
    }
}

BOOST_AUTO_TEST_CASE(a_udp_checksum_of_zero_is_sent_as_all_ones) {
  const auto from = endpoint("192.0.2.1:1");
  const auto to = endpoint("192.0.2.2:2");
  const std::string plain = udp_packet(from, to, "\0\0"s);
  // Adding a packet's own checksum to its payload brings the sum to "minus zero".
  const std::string packet = udp_packet(from, to, plain.substr(26, 2));
  BOOST_TEST((packet.substr(26, 2) == "\xff\xff"));
}

BOOST_AUTO_TEST_CASE(a_tcp_header_carries_its_numbers_and_a_syn_its_options) {
  const auto from = endpoint("[2001:db8::1]:258");
  const auto to = endpoint("[2001:db8::2]:25");
  const std::string data = tcp_packet({from, to, 0x01020304, 0x05060708, psh | ack}, "hello");
  BOOST_TEST((data.substr(0, 8) == "\x60\x00\x00\x00\x00\x19\x06\x40"s));  // 20 + 5 bytes of TCP
  BOOST_TEST(
      (data.substr(40, 16) == "\x01\x02\x00\x19\x01\x02\x03\x04\x05\x06\x07\x08\x50\x18\xff\xff"s));
  BOOST_TEST(data.ends_with("\0\0hello"s));
  const std::string opening = tcp_packet({from, to, 1, 0, syn});
  BOOST_TEST(opening[52] == '\x70');
  BOOST_TEST(opening.ends_with("\x02\x04\x05\xb4\x03\x03\x07\x01"s));
}

BOOST_AUTO_TEST_CASE(endpoints_are_read_as_they_are_written) {
  for (const char* text : {"192.0.2.1:40000", "[2001:db8::1]:25"})
    BOOST_TEST(endpoint(text).to_string() == text);
  for (const char* text : {"", "192.0.2.1", "mx.test:25", "192.0.2.1:x", "192.0.2.1:65536",
                           "192.0.2.1:25 ", "[2001:db8::1:25"})
    BOOST_TEST(!parse_endpoint(text));
}
