#include "sim/world/virtual/packet_capture_blocks.hpp"

#include <boost/test/unit_test.hpp>

#include "sim/world/virtual/packet_capture.hpp"

namespace {

using namespace std::string_literals;
using sealcheck::world::capture::PcapngFile;

std::uint32_t u32(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;)
    value = value << 8 | static_cast<unsigned char>(bytes.at(at + i));
  return value;
}

// The blocks of a file, each whole; checks what every block must obey.
std::vector<std::string> blocks_of(const std::string& file) {
  std::vector<std::string> blocks;
  for (std::size_t at = 0; at < file.size();) {
    const std::uint32_t length = u32(file, at + 4);
    BOOST_REQUIRE(length >= 12);
    BOOST_REQUIRE(length % 4 == 0);
    BOOST_REQUIRE(at + length <= file.size());
    BOOST_TEST(u32(file, at + length - 4) == length);
    blocks.push_back(file.substr(at, length));
    at += length;
  }
  return blocks;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_file_begins_with_its_section_and_its_interface) {
  const auto blocks = blocks_of(PcapngFile("a comment", "world").take());
  BOOST_REQUIRE(blocks.size() == 2);
  BOOST_TEST((blocks[0].substr(0, 4) == "\x0a\x0d\x0d\x0a"s));
  BOOST_TEST((blocks[0].substr(8, 8) == "\x4d\x3c\x2b\x1a\x01\x00\x00\x00"s));
  BOOST_TEST((blocks[0].substr(24, 16) == "\x01\x00\x09\x00"s + "a comment" + "\0\0\0"s));
  const std::string interface =
      "\x01\x00\x00\x00\x2c\x00\x00\x00\x65\x00\x00\x00\x00\x00\x00\x00"
      "\x02\x00\x05\x00world\x00\x00\x00"
      "\x09\x00\x01\x00\x09\x00\x00\x00"
      "\x00\x00\x00\x00\x2c\x00\x00\x00"s;
  BOOST_TEST((blocks[1] == interface));
}

BOOST_AUTO_TEST_CASE(secrets_are_padded_and_their_length_is_not) {
  PcapngFile file("", "world");
  file.add_tls_secrets("CLIENT");
  const auto blocks = blocks_of(file.take());
  BOOST_REQUIRE(blocks.size() == 3);
  const std::string expected =
      "\x0a\x00\x00\x00\x1c\x00\x00\x00KSLT\x06\x00\x00\x00"
      "CLIENT\x00\x00\x1c\x00\x00\x00"s;
  BOOST_TEST((blocks[2] == expected));
}

BOOST_AUTO_TEST_CASE(a_packet_has_its_time_in_nanoseconds_its_bytes_and_its_comment) {
  PcapngFile file("", "world");
  file.add_packet(0x0102030405060708, "12345", "why");
  file.add_packet(1, "1234");
  const auto blocks = blocks_of(file.take());
  BOOST_REQUIRE(blocks.size() == 4);
  const std::string commented =
      "\x06\x00\x00\x00\x34\x00\x00\x00\x00\x00\x00\x00"
      "\x04\x03\x02\x01\x08\x07\x06\x05"
      "\x05\x00\x00\x00\x05\x00\x00\x00"
      "12345\x00\x00\x00"
      "\x01\x00\x03\x00why\x00\x00\x00\x00\x00"
      "\x34\x00\x00\x00"s;
  BOOST_TEST((blocks[2] == commented));
  BOOST_TEST(blocks[3].size() == 36u);
}

BOOST_AUTO_TEST_CASE(names_are_records_of_address_and_text) {
  PcapngFile file("", "world");
  file.add_names({{boost::asio::ip::make_address("192.0.2.1"), "a.test"},
                  {boost::asio::ip::make_address("2001:db8::1"), "b"}});
  const auto blocks = blocks_of(file.take());
  BOOST_REQUIRE(blocks.size() == 3);
  const std::string v4 = "\x01\x00\x0b\x00\xc0\x00\x02\x01"s + "a.test" + "\0\0"s;
  const std::string v6 =
      "\x02\x00\x12\x00\x20\x01\x0d\xb8"s + std::string(11, '\0') + "\x01" + "b" + "\0\0\0"s;
  BOOST_TEST((blocks[2].substr(8, v4.size() + v6.size() + 4) == v4 + v6 + "\0\0\0\0"s));
}

BOOST_AUTO_TEST_CASE(secrets_stand_before_all_packets_and_these_in_the_order_of_time) {
  const auto event = [](std::int64_t at_ns, const char* kind) {
    return sealcheck::trace::Event{
        0, at_ns, "a.test", kind, {{"from", "192.0.2.1:1"}, {"to", "192.0.2.2:2"}}, {}};
  };
  // The SYN is known when it arrives, after the datagram that left later.
  const auto blocks = blocks_of(sealcheck::world::to_pcapng(
      {event(10, "udp.datagram"), event(15, "udp.datagram"), event(18, "tcp.refused")}, "SECRET",
      1000, 5));
  std::vector<std::uint32_t> times;
  std::vector<std::uint32_t> types;
  for (const std::string& block : blocks) {
    types.push_back(u32(block, 0));
    if (types.back() == 6) times.push_back(u32(block, 16));
  }
  BOOST_TEST(types == (std::vector<std::uint32_t>{0x0A0D0D0A, 1, 10, 4, 6, 6, 6, 6}),
             boost::test_tools::per_element());
  BOOST_TEST(times == (std::vector<std::uint32_t>{1010, 1013, 1015, 1018}),
             boost::test_tools::per_element());
}
