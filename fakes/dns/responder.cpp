#include "fakes/dns/responder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "fakes/dns/zone_index.hpp"

namespace fakes {
namespace {

constexpr std::size_t header_size = 12;
constexpr std::size_t plain_size_max = 512;  // RFC 1035 section 4.2.1
constexpr std::uint16_t edns_size = 1232;

bool looks_like_query(std::string_view bytes) {
  return bytes.size() >= header_size && (static_cast<unsigned char>(bytes[2]) & 0x80) == 0;
}

// For a query that cannot be read: its id, QR, and the code (RFC 1035 section 4.1.1).
std::string bare_error(std::string_view query, ldns_pkt_rcode rcode) {
  std::string bytes(header_size, '\0');
  bytes[0] = query[0];
  bytes[1] = query[1];
  bytes[2] = static_cast<char>(0x80 | (static_cast<unsigned char>(query[2]) & 0x79));
  bytes[3] = static_cast<char>(rcode);
  return bytes;
}

LdnsPacket decode(std::string_view bytes) {
  ldns_pkt* packet = nullptr;
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  if (ldns_wire2pkt(&packet, data, bytes.size()) != LDNS_STATUS_OK) return nullptr;
  return LdnsPacket(packet);
}

std::string encode(const ldns_pkt* query, const ZoneIndex::Lookup& lookup, bool truncated) {
  LdnsPacket packet(ldns_pkt_new());
  ldns_pkt_set_id(packet.get(), ldns_pkt_id(query));
  ldns_pkt_set_qr(packet.get(), true);
  ldns_pkt_set_aa(packet.get(), true);
  ldns_pkt_set_rd(packet.get(), ldns_pkt_rd(query));
  ldns_pkt_set_ra(packet.get(), true);
  ldns_pkt_set_tc(packet.get(), truncated);
  ldns_pkt_set_rcode(packet.get(), static_cast<std::uint8_t>(lookup.rcode));
  if (ldns_pkt_edns(query)) ldns_pkt_set_edns_udp_size(packet.get(), edns_size);
  const ldns_rr_list* question = ldns_pkt_question(query);
  ldns_pkt_push_rr(packet.get(), LDNS_SECTION_QUESTION,
                   ldns_rr_clone(ldns_rr_list_rr(question, 0)));
  if (!truncated) {
    for (const ldns_rr* rr : lookup.answer) {
      ldns_pkt_push_rr(packet.get(), LDNS_SECTION_ANSWER, ldns_rr_clone(rr));
    }
    for (const ldns_rr* rr : lookup.authority) {
      ldns_pkt_push_rr(packet.get(), LDNS_SECTION_AUTHORITY, ldns_rr_clone(rr));
    }
  }
  std::uint8_t* data = nullptr;
  std::size_t size = 0;
  if (ldns_pkt2wire(&data, packet.get(), &size) != LDNS_STATUS_OK) return {};
  std::string bytes(reinterpret_cast<const char*>(data), size);
  std::free(data);
  return bytes;
}

std::string describe(const ZoneIndex::Lookup& lookup, ldns_rr_type asked) {
  if (lookup.rcode == LDNS_RCODE_NXDOMAIN) return "NXDOMAIN";
  if (lookup.rcode == LDNS_RCODE_REFUSED) return "REFUSED";
  if (lookup.rcode == LDNS_RCODE_SERVFAIL) return "SERVFAIL";
  if (lookup.rcode == LDNS_RCODE_NOTIMPL) return "NOTIMP";
  if (lookup.rcode == LDNS_RCODE_FORMERR) return "FORMERR";
  std::string text;
  for (const ldns_rr* rr : lookup.answer) {
    if (!text.empty()) text += ", ";
    const ldns_rr_type own = ldns_rr_get_type(rr);
    if (own != asked) text += ldns_type_text(own) + ' ';
    for (std::size_t i = 0; i < ldns_rr_rd_count(rr); ++i) {
      if (i > 0) text += ' ';
      text += ldns_text(ldns_rr_rdf(rr, i));
    }
  }
  return text.empty() ? "NODATA" : text;
}

ZoneIndex::Lookup error_of(ldns_pkt_rcode rcode) {
  ZoneIndex::Lookup lookup;
  lookup.rcode = rcode;
  return lookup;
}

}  // namespace

struct Responder::Impl {
  ZoneIndex zones;
  std::vector<DnsFault> faults;

  const DnsFault* fault_for(std::string_view name, std::string_view type) const {
    for (const DnsFault& fault : faults) {
      const bool same_name = fault.name == "*" || dns_name(fault.name) == name;
      if (same_name && (fault.type.empty() || fault.type == type)) return &fault;
    }
    return nullptr;
  }
};

Responder::Responder(const Zones& zones)
    : impl_(std::make_unique<Impl>(Impl{ZoneIndex(zones.zones), zones.faults})) {}
Responder::Responder(Responder&&) noexcept = default;
Responder& Responder::operator=(Responder&&) noexcept = default;
Responder::~Responder() = default;

DnsResponse Responder::respond(std::string_view query) const {
  DnsResponse response;
  if (!looks_like_query(query)) return response;
  response.is_query = true;
  const LdnsPacket packet = decode(query);
  if (!packet || ldns_rr_list_rr_count(ldns_pkt_question(packet.get())) != 1) {
    response.answer = "FORMERR";
    response.bytes = bare_error(query, LDNS_RCODE_FORMERR);
    return response;
  }
  const ldns_rr* question = ldns_rr_list_rr(ldns_pkt_question(packet.get()), 0);
  const ldns_rr_type type = ldns_rr_get_type(question);
  response.name = dns_name(ldns_text(ldns_rr_owner(question)));
  response.type = ldns_type_text(type);

  ZoneIndex::Lookup lookup;
  if (ldns_pkt_get_opcode(packet.get()) != LDNS_PACKET_QUERY) {
    lookup = error_of(LDNS_RCODE_NOTIMPL);
  } else if (ldns_rr_get_class(question) != LDNS_RR_CLASS_IN) {
    lookup = error_of(LDNS_RCODE_REFUSED);
  } else {
    lookup = impl_->zones.look_up(response.name, type);
  }

  bool truncated = false;
  bool wrong_id = false;
  if (const DnsFault* fault = impl_->fault_for(response.name, response.type)) {
    switch (fault->kind) {
      case DnsFaultKind::servfail:
        lookup = error_of(LDNS_RCODE_SERVFAIL);
        break;
      case DnsFaultKind::nxdomain:
        lookup = error_of(LDNS_RCODE_NXDOMAIN);
        break;
      case DnsFaultKind::refused:
        lookup = error_of(LDNS_RCODE_REFUSED);
        break;
      case DnsFaultKind::timeout:
        response.answer = "none";
        return response;
      case DnsFaultKind::truncated:
        truncated = true;
        break;
      case DnsFaultKind::wrong_id:
        wrong_id = true;
        break;
    }
  }

  // RFC 6891 section 6.2.3: a size below 512 counts as 512.
  const std::size_t asked = ldns_pkt_edns_udp_size(packet.get());
  const std::size_t size_max =
      ldns_pkt_edns(packet.get()) ? std::max(plain_size_max, asked) : plain_size_max;
  response.bytes = encode(packet.get(), lookup, truncated);
  if (response.bytes.size() > size_max) {
    truncated = true;
    response.bytes = encode(packet.get(), lookup, truncated);
  }
  response.answer = truncated ? "TRUNCATED" : describe(lookup, type);
  if (wrong_id && response.bytes.size() >= 2) {
    response.answer = "WRONG-ID";
    response.bytes[0] = static_cast<char>(response.bytes[0] ^ 0x55);
  }
  return response;
}

}  // namespace fakes
