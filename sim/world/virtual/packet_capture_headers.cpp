#include "sim/world/virtual/packet_capture_headers.hpp"

#include <boost/assert.hpp>
#include <charconv>

namespace sealcheck::world::capture {
namespace {

constexpr char tcp_protocol = 6;
constexpr char udp_protocol = 17;
constexpr char hops = 64;

// Network byte order.
void put_u16(std::string& into, std::size_t value) {
  into += static_cast<char>(value >> 8 & 0xff);
  into += static_cast<char>(value & 0xff);
}

void put_u32(std::string& into, std::uint32_t value) {
  put_u16(into, value >> 16);
  put_u16(into, value & 0xffff);
}

void set_u16(std::string& bytes, std::size_t at, std::uint16_t value) {
  bytes[at] = static_cast<char>(value >> 8);
  bytes[at + 1] = static_cast<char>(value & 0xff);
}

std::string address_bytes(const host::Address& address) {
  const auto text = [](const auto& bytes) { return std::string(bytes.begin(), bytes.end()); };
  return address.is_v4() ? text(address.to_v4().to_bytes()) : text(address.to_v6().to_bytes());
}

// RFC 9293 section 3.1 and RFC 8200 section 8.1: the checksum covers the addresses too. The two
// families order the pseudo header's length and protocol differently, which a sum does not see.
std::uint16_t transport_checksum(const host::Address& from, const host::Address& to, char protocol,
                                 const std::string& segment) {
  std::string summed = address_bytes(from) + address_bytes(to);
  put_u32(summed, static_cast<std::uint32_t>(segment.size()));
  summed += std::string(3, '\0') + protocol;
  return internet_checksum(summed + segment);
}

std::string ip_packet(const host::Address& from, const host::Address& to, char protocol,
                      const std::string& segment) {
  BOOST_ASSERT(from.is_v4() == to.is_v4());
  std::string packet;
  if (from.is_v4()) {
    packet += "\x45";  // version 4, header of five words
    packet += '\0';
    put_u16(packet, 20 + segment.size());
    put_u16(packet, 0);       // identification: means nothing in an atomic datagram (RFC 6864)
    put_u16(packet, 0x4000);  // do not fragment
    packet += hops;
    packet += protocol;
    put_u16(packet, 0);
    packet += address_bytes(from) + address_bytes(to);
    set_u16(packet, 10, internet_checksum(packet));
  } else {
    put_u32(packet, 0x60000000);  // version 6, no class, no flow label
    put_u16(packet, segment.size());
    packet += protocol;
    packet += hops;
    packet += address_bytes(from) + address_bytes(to);
  }
  return packet + segment;
}

}  // namespace

std::uint16_t internet_checksum(std::string_view bytes) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i)
    sum += std::uint64_t{static_cast<unsigned char>(bytes[i])} << (i % 2 == 0 ? 8 : 0);
  while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum);
}

std::string tcp_packet(const TcpHeader& header, std::string_view payload) {
  BOOST_ASSERT(payload.size() <= payload_bytes_max);
  const bool with_options = header.flags & syn;
  std::string segment;
  put_u16(segment, header.from.port);
  put_u16(segment, header.to.port);
  put_u32(segment, header.sequence);
  put_u32(segment, header.acknowledgement);
  segment += static_cast<char>((with_options ? 7 : 5) << 4);  // header length in words
  segment += static_cast<char>(header.flags);
  // The window. A SYN's is not scaled, and a simulated server may send 65535 bytes, all that the
  // link takes, before the handshake's last packet: 65535 would look exhausted then.
  put_u16(segment, with_options ? 0xfffe : 0xffff);
  put_u16(segment, 0);  // checksum
  put_u16(segment, 0);  // urgent pointer
  if (with_options) {
    put_u16(segment, 0x0204);  // maximum segment size (RFC 9293 section 3.2)
    put_u16(segment, 1460);
    put_u16(segment, 0x0303);  // window scale (RFC 7323 section 2.2), then a no-operation
    put_u16(segment, 0x0701);
  }
  segment += payload;
  set_u16(segment, 16,
          transport_checksum(header.from.address, header.to.address, tcp_protocol, segment));
  return ip_packet(header.from.address, header.to.address, tcp_protocol, segment);
}

std::string udp_packet(const host::Endpoint& from, const host::Endpoint& to,
                       std::string_view payload) {
  BOOST_ASSERT(payload.size() <= payload_bytes_max);
  std::string segment;
  put_u16(segment, from.port);
  put_u16(segment, to.port);
  put_u16(segment, 8 + payload.size());
  put_u16(segment, 0);
  segment += payload;
  const std::uint16_t sum = transport_checksum(from.address, to.address, udp_protocol, segment);
  set_u16(segment, 6, sum == 0 ? 0xffff : sum);  // RFC 768: 0 would mean "not computed"
  return ip_packet(from.address, to.address, udp_protocol, segment);
}

std::optional<host::Endpoint> parse_endpoint(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view address = text.substr(0, colon);
  if (address.starts_with('[') && address.ends_with(']'))
    address = address.substr(1, address.size() - 2);
  boost::system::error_code error;
  host::Endpoint endpoint{boost::asio::ip::make_address(std::string(address), error)};
  const char* end = text.data() + text.size();
  const auto [stop, failed] = std::from_chars(text.data() + colon + 1, end, endpoint.port);
  if (error || failed != std::errc() || stop != end) return std::nullopt;
  return endpoint;
}

}  // namespace sealcheck::world::capture
