// DNS messages on the wire (RFC 1035), encoded and decoded with ldns. Plain values, no I/O.
//
// Names are lower-case ASCII text without the final dot. Replies come from the network: every
// length and count is bounded, hostile bytes give a reason not to look at them, never a crash. A
// record that we have no use for, or whose name cannot be a host name, is left out.
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference/host/endpoint.hpp"

namespace sealgate::routing {

/// The types that the gateway asks for; the values are those of the registry.
enum class RecordType : std::uint16_t { a = 1, cname = 5, ptr = 12, mx = 15, aaaa = 28 };

struct Question {
  std::string name;
  RecordType type = RecordType::a;
};

struct Record {
  std::string name;
  RecordType type = RecordType::a;
  std::uint32_t ttl_s = 0;
  std::uint16_t preference = 0;  ///< MX
  std::string target;            ///< MX, CNAME, PTR; empty is the root ("." of a null MX, RFC 7505)
  host::Address address;         ///< A, AAAA
};

struct Reply {
  std::uint8_t rcode = 0;
  bool truncated = false;
  std::vector<Record> answers;  ///< of the types above
  /// How long an absence may be remembered: the smaller of the SOA's TTL and its MINIMUM field (RFC
  /// 2308 section 5). None: the reply has no SOA, so it says nothing about an absence.
  std::optional<std::uint32_t> negative_ttl_s;
};

/// Lower case, no final dot; none when it is no encodable name (label over 63, name over 253 bytes,
/// empty label, byte outside of printable ASCII).
std::optional<std::string> normal_name(std::string_view name);

/// A query with recursion desired; none when the name cannot be encoded.
std::optional<std::string> encode_query(std::uint16_t id, const Question& question);

/// Why a datagram is not the reply to our question. The resolver ignores it and listens on.
enum class Mismatch { not_a_message = 1, wrong_id, not_a_reply, wrong_question };

/// We do not announce EDNS, so an honest datagram has at most 512 bytes (RFC 1035 section 4.2.1);
/// more is tolerated. Bytes and records (256) are bounded together because names may point at
/// names: the work is records times pointers.
inline constexpr std::size_t datagram_bytes_max = 4096;
inline constexpr std::size_t tcp_bytes_max = 16384;

boost::system::result<Reply, Mismatch> decode_reply(std::string_view wire, std::uint16_t id,
                                                    const Question& question,
                                                    std::size_t bytes_max = datagram_bytes_max);

}  // namespace sealgate::routing
