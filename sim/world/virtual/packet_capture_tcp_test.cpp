#include "sim/world/virtual/packet_capture_tcp.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>

namespace {

using namespace sealcheck;
using namespace world::capture;

constexpr std::int64_t ms = 1'000'000;

// Hand-written events in, one line a packet out, in the order of time: "2 S>C 1:6 ack 1 PA" is five
// bytes from the server after 2 ms. Numbers are relative to the initial ones.
class Wire {
 public:
  Wire& at(std::int64_t time_ms) {
    now_ms_ = time_ms;
    return *this;
  }
  Wire& client(const std::string& kind, std::string payload = {}) {
    return event("a.test", kind, "192.0.2.1:40000", "192.0.2.2:25", "b.test", std::move(payload));
  }
  Wire& server(const std::string& kind, std::string payload = {}) {
    return event("b.test", kind, "192.0.2.2:25", "192.0.2.1:40000", "a.test", std::move(payload));
  }
  Wire& host(const std::string& name, const std::string& kind) {
    tcp_.on_event({0, now_ms_ * ms, name, kind, {}, {}});
    return *this;
  }

  std::vector<std::string> packets() {
    tcp_.finish();
    std::stable_sort(packets_.begin(), packets_.end(),
                     [](const Packet& a, const Packet& b) { return a.at_ns < b.at_ns; });
    std::vector<std::string> lines;
    for (const Packet& packet : packets_) lines.push_back(line(packet));
    return lines;
  }

 private:
  Wire& event(const std::string& actor, const std::string& kind, const std::string& from,
              const std::string& to, const std::string& peer, std::string payload) {
    tcp_.on_event({0,
                   now_ms_ * ms,
                   actor,
                   kind,
                   {{"connection", "9"}, {"from", from}, {"to", to}, {"peer", peer}},
                   std::move(payload)});
    return *this;
  }

  static std::uint32_t number(const std::string& bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
      value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
  }

  static std::string line(const Packet& packet) {
    const std::string tcp = packet.bytes.substr(20);
    const bool from_client = packet.bytes[15] == 1;
    const std::uint32_t bases[] = {9 * 64'000u, 9 * 64'000u + 0x80000000u};
    const std::size_t length = tcp.size() - static_cast<std::size_t>(tcp[12] >> 4 & 15) * 4;
    const std::uint32_t sequence =
        number(tcp, 4) - (number(tcp, 4) ? bases[from_client ? 0 : 1] : 0);
    std::string text = std::to_string(packet.at_ns / ms) + (from_client ? " C>S " : " S>C ") +
                       std::to_string(sequence);
    if (length > 0) text += ":" + std::to_string(sequence + length);
    if (tcp[13] & ack)
      text += " ack " + std::to_string(number(tcp, 8) - bases[from_client ? 1 : 0]);
    text += ' ';
    for (const auto& [flag, letter] :
         {std::pair(syn, 'S'), {fin, 'F'}, {rst, 'R'}, {psh, 'P'}, {ack, 'A'}})
      if (tcp[13] & flag) text += letter;
    return text;
  }

  std::int64_t now_ms_ = 0;
  HostNames names_{{boost::asio::ip::make_address("192.0.2.1"), "a.test"}};
  std::vector<Packet> packets_;
  TcpPackets tcp_{ms, names_, packets_};
};

void check(Wire& wire, const std::vector<std::string>& expected) {
  const auto seen = wire.packets();
  BOOST_TEST(seen == expected, boost::test_tools::per_element());
}

}  // namespace

BOOST_AUTO_TEST_CASE(an_ordinary_connection_opens_talks_and_closes) {
  Wire wire;
  wire.at(1).client("tcp.open").server("tcp.data", "220 x");
  wire.at(2).client("tcp.data", "EHLO");
  wire.at(3).server("tcp.data", "250").server("tcp.data", "\r\n");
  wire.at(9).client("tcp.fin");
  wire.at(10).server("tcp.fin");
  check(wire, {"0 C>S 0 S", "1 S>C 0 ack 1 SA", "1 S>C 1:6 ack 1 PA",
               "2 C>S 1 ack 1 A",  // the handshake's own, then data and acknowledgement in one
               "2 C>S 1:5 ack 6 PA", "3 S>C 6:9 ack 5 PA", "3 S>C 9:11 ack 5 PA",
               "4 C>S 5 ack 11 A", "9 C>S 5 ack 11 FA", "10 S>C 11 ack 6 FA", "11 C>S 6 ack 12 A"});
}

BOOST_AUTO_TEST_CASE(what_has_not_arrived_is_not_acknowledged) {
  Wire wire;
  wire.at(1).client("tcp.open");
  wire.at(5).client("tcp.data", "abc").server("tcp.data", "xy");
  check(wire, {"0 C>S 0 S", "1 S>C 0 ack 1 SA", "2 C>S 1 ack 1 A", "5 C>S 1:4 ack 1 PA",
               "5 S>C 1:3 ack 1 PA", "6 S>C 3 ack 4 A", "6 C>S 4 ack 3 A"});
}

BOOST_AUTO_TEST_CASE(both_sides_may_close_in_the_same_instant) {
  Wire wire;
  wire.at(1).client("tcp.open");
  wire.at(5).client("tcp.fin").server("tcp.fin");
  check(wire, {"0 C>S 0 S", "1 S>C 0 ack 1 SA", "2 C>S 1 ack 1 A", "5 C>S 1 ack 1 FA",
               "5 S>C 1 ack 1 FA", "6 S>C 2 ack 2 A", "6 C>S 2 ack 2 A"});
}

BOOST_AUTO_TEST_CASE(a_half_closed_connection_carries_data_the_other_way) {
  Wire wire;
  wire.at(1).client("tcp.open");
  wire.at(5).client("tcp.fin");
  wire.at(8).server("tcp.data", "more");
  wire.at(9).server("tcp.fin");
  check(wire,
        {"0 C>S 0 S", "1 S>C 0 ack 1 SA", "2 C>S 1 ack 1 A", "5 C>S 1 ack 1 FA", "6 S>C 1 ack 2 A",
         "8 S>C 1:5 ack 2 PA", "9 S>C 5 ack 2 FA", "9 C>S 2 ack 5 A", "10 C>S 2 ack 6 A"});
}

BOOST_AUTO_TEST_CASE(data_for_a_closed_side_is_answered_by_a_reset_and_then_there_is_silence) {
  Wire wire;
  wire.at(1).client("tcp.open");
  wire.at(5).client("tcp.fin").server("tcp.data", "late");
  wire.at(6).client("tcp.reset").server("tcp.data", "later");
  wire.at(7).client("tcp.reset");
  check(wire,
        {"0 C>S 0 S", "1 S>C 0 ack 1 SA", "2 C>S 1 ack 1 A", "5 C>S 1 ack 1 FA",
         "5 S>C 1:5 ack 1 PA", "6 C>S 2 ack 5 RA", "6 S>C 5:10 ack 2 PA", "7 C>S 2 ack 10 RA"});
}

BOOST_AUTO_TEST_CASE(a_refused_connection_is_a_syn_and_a_reset) {
  Wire wire;
  wire.at(1).client("tcp.refused");
  check(wire, {"0 C>S 0 S", "1 S>C 0 ack 1 RA"});
}

BOOST_AUTO_TEST_CASE(an_unanswered_connection_is_a_syn_from_its_host) {
  std::vector<Packet> packets;
  const HostNames names{{boost::asio::ip::make_address("192.0.2.1"), "a.test"},
                        {boost::asio::ip::make_address("2001:db8::1"), "a.test"}};
  TcpPackets tcp(ms, names, packets);
  tcp.on_event({0, 30, "a.test", "tcp.unanswered", {{"connection", "1"}, {"to", "[::2]:25"}}, {}});
  tcp.on_event({1, 31, "z.test", "tcp.unanswered", {{"connection", "2"}, {"to", "1.2.3.4:5"}}, {}});
  BOOST_REQUIRE(packets.size() == 2);
  BOOST_TEST(
      (packets[0].bytes.substr(8, 16) == "\x20\x01\x0d\xb8" + std::string(11, '\0') + "\x01"));
  BOOST_TEST((packets[0].bytes[53] == syn));
  BOOST_TEST(packets[0].comment ==
             "connection 1: a.test to [::2]:25, unanswered: sent earlier, given up now");
  BOOST_TEST((packets[1].bytes.substr(12, 4) == std::string(4, '\0')));
}

BOOST_AUTO_TEST_CASE(a_client_that_gave_up_in_the_handshake_does_not_complete_it) {
  Wire wire;
  wire.at(1).client("tcp.open").client("tcp.unanswered").server("tcp.data", "220");
  check(wire, {"0 C>S 0 S", "1 S>C 0 ack 1 SA", "1 S>C 1:4 ack 1 PA"});
}

BOOST_AUTO_TEST_CASE(a_dead_host_acknowledges_nothing_and_resets_after_its_restart) {
  Wire wire;
  wire.at(1).client("tcp.open");
  wire.at(5).client("tcp.data", "abc").host("b.test", "host.power-lost");
  wire.at(9).client("tcp.data", "def").host("b.test", "host.started");
  wire.at(10).server("tcp.reset");
  check(wire, {"0 C>S 0 S", "1 S>C 0 ack 1 SA", "2 C>S 1 ack 1 A", "5 C>S 1:4 ack 1 PA",
               "9 C>S 4:7 ack 1 PA", "10 S>C 1 ack 7 RA"});
}

BOOST_AUTO_TEST_CASE(a_connection_without_its_opening_begins_in_the_middle) {
  Wire wire;
  wire.at(5).server("tcp.data", "abc");
  const auto seen = wire.packets();
  BOOST_REQUIRE(seen.size() == 2);
  BOOST_TEST(seen[0].ends_with(" PA"));
  BOOST_TEST(seen[1].starts_with("6 C>S"));
}

BOOST_AUTO_TEST_CASE(bytes_beyond_one_packet_are_split) {
  Wire wire;
  wire.at(1).client("tcp.open");
  wire.at(5).client("tcp.data", std::string(70'000, 'x'));
  check(wire, {"0 C>S 0 S", "1 S>C 0 ack 1 SA", "2 C>S 1 ack 1 A", "5 C>S 1:65488 ack 1 PA",
               "5 C>S 65488:70001 ack 1 PA", "6 S>C 1 ack 70001 A"});
}
