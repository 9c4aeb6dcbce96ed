#include "reference/routing/dns_message.hpp"

#include <ldns/ldns.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <span>
#include <utility>

namespace sealgate::routing {
namespace {

constexpr std::size_t header_bytes = 12;
constexpr unsigned records_max = 256;
constexpr std::size_t name_bytes_max = 253;
constexpr std::size_t label_bytes_max = 63;

struct FreePacket {
  void operator()(ldns_pkt* packet) const { ldns_pkt_free(packet); }
};
using Packet = std::unique_ptr<ldns_pkt, FreePacket>;

unsigned u16(std::span<const std::uint8_t> bytes, std::size_t at) {
  return static_cast<unsigned>(bytes[at] << 8 | bytes[at + 1]);
}

std::span<const std::uint8_t> data_of(const ldns_rdf* field) {
  return field == nullptr ? std::span<const std::uint8_t>()
                          : std::span(ldns_rdf_data(field), ldns_rdf_size(field));
}

std::uint32_t u32_of(const ldns_rdf* field) {
  const auto data = data_of(field);
  return data.size() == 4 ? u16(data, 0) << 16 | u16(data, 2) : 0;
}

/// A name that ldns has freed of compression pointers, as text; none when a label holds a byte that
/// our names cannot hold ("a.b" in one label must not become two).
std::optional<std::string> name_of(const ldns_rdf* field) {
  if (field == nullptr || ldns_rdf_get_type(field) != LDNS_RDF_TYPE_DNAME) return std::nullopt;
  const auto data = data_of(field);
  std::string text;
  for (std::size_t at = 0; at < data.size() && data[at] != 0;) {
    const std::size_t length = data[at++];
    if (length > label_bytes_max || length > data.size() - at) return std::nullopt;
    if (!text.empty()) text += '.';
    for (const auto byte : data.subspan(at, length)) {
      if (byte == '.') return std::nullopt;
      text += static_cast<char>(byte);
    }
    at += length;
  }
  if (text.empty()) return text;  // the root
  return normal_name(text);
}

std::optional<host::Address> address_of(const ldns_rdf* field) {
  const auto data = data_of(field);
  if (data.size() == 4) {
    boost::asio::ip::address_v4::bytes_type bytes;
    std::copy(data.begin(), data.end(), bytes.begin());
    return boost::asio::ip::make_address_v4(bytes);
  }
  if (data.size() == 16) {
    boost::asio::ip::address_v6::bytes_type bytes;
    std::copy(data.begin(), data.end(), bytes.begin());
    return boost::asio::ip::make_address_v6(bytes);
  }
  return std::nullopt;
}

std::optional<Record> record_of(const ldns_rr* rr) {
  if (ldns_rr_get_class(rr) != LDNS_RR_CLASS_IN) return std::nullopt;
  auto name = name_of(ldns_rr_owner(rr));
  if (!name) return std::nullopt;
  Record record;
  record.name = std::move(*name);
  record.ttl_s = ldns_rr_ttl(rr);
  // RFC 2181 section 8: a TTL with the top bit set is zero.
  if (record.ttl_s > 0x7fffffff) record.ttl_s = 0;
  record.type = static_cast<RecordType>(ldns_rr_get_type(rr));
  const ldns_rdf* target = nullptr;
  switch (ldns_rr_get_type(rr)) {
    case LDNS_RR_TYPE_A:
    case LDNS_RR_TYPE_AAAA: {
      const auto address = address_of(ldns_rr_rdf(rr, 0));
      if (!address || address->is_v4() != (record.type == RecordType::a)) return std::nullopt;
      record.address = *address;
      return record;
    }
    case LDNS_RR_TYPE_MX: {
      const auto preference = data_of(ldns_rr_rdf(rr, 0));
      if (preference.size() != 2) return std::nullopt;
      record.preference = static_cast<std::uint16_t>(u16(preference, 0));
      target = ldns_rr_rdf(rr, 1);
      break;
    }
    case LDNS_RR_TYPE_CNAME:
    case LDNS_RR_TYPE_PTR:
      target = ldns_rr_rdf(rr, 0);
      break;
    default:
      return std::nullopt;
  }
  auto name_in_data = name_of(target);
  if (!name_in_data) return std::nullopt;
  record.target = std::move(*name_in_data);
  return record;
}

bool asks(const ldns_pkt* packet, const Question& question) {
  const auto* list = ldns_pkt_question(packet);
  if (list == nullptr || ldns_rr_list_rr_count(list) != 1) return false;
  const auto* rr = ldns_rr_list_rr(list, 0);
  return ldns_rr_get_class(rr) == LDNS_RR_CLASS_IN &&
         ldns_rr_get_type(rr) == static_cast<ldns_rr_type>(question.type) &&
         name_of(ldns_rr_owner(rr)) == normal_name(question.name);
}

std::optional<std::uint32_t> negative_ttl(const ldns_pkt* packet) {
  const auto* list = ldns_pkt_authority(packet);
  for (std::size_t i = 0; list != nullptr && i < ldns_rr_list_rr_count(list); ++i) {
    const auto* rr = ldns_rr_list_rr(list, i);
    if (ldns_rr_get_type(rr) != LDNS_RR_TYPE_SOA) continue;
    constexpr std::size_t minimum_field = 6;
    return std::min(ldns_rr_ttl(rr), u32_of(ldns_rr_rdf(rr, minimum_field)));
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> normal_name(std::string_view name) {
  if (name.ends_with('.')) name.remove_suffix(1);
  if (name.empty() || name.size() > name_bytes_max) return std::nullopt;
  std::string normal;
  std::size_t label = 0;
  for (const char c : name) {
    // Printable ASCII; the backslash would be an escape to ldns.
    if (c <= ' ' || c > '~' || c == '\\') return std::nullopt;
    if (c == '.' ? label == 0 : label == label_bytes_max) return std::nullopt;
    label = c == '.' ? 0 : label + 1;
    normal += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (label == 0) return std::nullopt;
  return normal;
}

std::optional<std::string> encode_query(std::uint16_t id, const Question& question) {
  const auto name = normal_name(question.name);
  if (!name) return std::nullopt;
  ldns_pkt* made = nullptr;
  if (ldns_pkt_query_new_frm_str(&made, name->c_str(), static_cast<ldns_rr_type>(question.type),
                                 LDNS_RR_CLASS_IN, LDNS_RD) != LDNS_STATUS_OK) {
    return std::nullopt;
  }
  const Packet packet(made);
  ldns_pkt_set_id(packet.get(), id);
  std::uint8_t* wire = nullptr;
  std::size_t size = 0;
  if (ldns_pkt2wire(&wire, packet.get(), &size) != LDNS_STATUS_OK) return std::nullopt;
  const std::unique_ptr<std::uint8_t, decltype(&std::free)> owner(wire, &std::free);
  return std::string(wire, wire + size);
}

boost::system::result<Reply, Mismatch> decode_reply(std::string_view wire, std::uint16_t id,
                                                    const Question& question,
                                                    std::size_t bytes_max) {
  const std::span bytes(reinterpret_cast<const std::uint8_t*>(wire.data()), wire.size());
  if (bytes.size() < header_bytes || bytes.size() > bytes_max) return Mismatch::not_a_message;
  // The id first: what a stranger sends blindly is not worth parsing.
  if (u16(bytes, 0) != id) return Mismatch::wrong_id;
  if (u16(bytes, 4) != 1) return Mismatch::wrong_question;
  if (u16(bytes, 6) + u16(bytes, 8) + u16(bytes, 10) > records_max) return Mismatch::not_a_message;

  ldns_pkt* parsed = nullptr;
  if (ldns_wire2pkt(&parsed, bytes.data(), bytes.size()) != LDNS_STATUS_OK) {
    return Mismatch::not_a_message;
  }
  const Packet packet(parsed);
  if (!ldns_pkt_qr(parsed) || ldns_pkt_get_opcode(parsed) != LDNS_PACKET_QUERY) {
    return Mismatch::not_a_reply;
  }
  if (!asks(parsed, question)) return Mismatch::wrong_question;

  Reply reply;
  reply.rcode = static_cast<std::uint8_t>(ldns_pkt_get_rcode(parsed));
  reply.truncated = ldns_pkt_tc(parsed);
  reply.negative_ttl_s = negative_ttl(parsed);
  const auto* list = ldns_pkt_answer(parsed);
  for (std::size_t i = 0; list != nullptr && i < ldns_rr_list_rr_count(list); ++i) {
    if (auto record = record_of(ldns_rr_list_rr(list, i)))
      reply.answers.push_back(std::move(*record));
  }
  return reply;
}

}  // namespace sealgate::routing
