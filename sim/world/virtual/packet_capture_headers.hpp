// IP packets with TCP or UDP inside, as bytes: headers, lengths and checksums.
//
// Covers IPv4 (RFC 791), IPv6 (RFC 8200), TCP (RFC 9293) with the options of a SYN, and UDP (RFC
// 768). No state: numbers come from the caller. No fragments: a payload is at most
// payload_bytes_max. Requires: both endpoints are of one family.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "reference/host/endpoint.hpp"

namespace sealcheck::world::capture {

/// What fits into the largest IPv4 packet behind the largest of our headers.
constexpr std::size_t payload_bytes_max = 65535 - 20 - 28;

// Combined in TcpHeader::flags.
constexpr std::uint8_t fin = 0x01;
constexpr std::uint8_t syn = 0x02;
constexpr std::uint8_t rst = 0x04;
constexpr std::uint8_t psh = 0x08;
constexpr std::uint8_t ack = 0x10;

struct TcpHeader {
  host::Endpoint from;
  host::Endpoint to;
  std::uint32_t sequence = 0;
  std::uint32_t acknowledgement = 0;
  std::uint8_t flags = 0;  ///< with syn, the options MSS 1460 and window scale 7 are added
};

std::string tcp_packet(const TcpHeader& header, std::string_view payload = {});
std::string udp_packet(const host::Endpoint& from, const host::Endpoint& to,
                       std::string_view payload);

/// RFC 1071: 0 over bytes that contain their own correct checksum.
std::uint16_t internet_checksum(std::string_view bytes);

/// Reads what Endpoint::to_string() writes.
std::optional<host::Endpoint> parse_endpoint(std::string_view text);

}  // namespace sealcheck::world::capture
