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

std::string to_wire(const ldns_pkt* packet) {
  std::uint8_t* data = nullptr;
  std::size_t size = 0;
  if (ldns_pkt2wire(&data, packet, &size) != LDNS_STATUS_OK) return {};
  std::string bytes(reinterpret_cast<const char*>(data), size);
  std::free(data);
  return bytes;
}

LdnsPacket answer_to(const ldns_pkt* query, const ZoneIndex::Lookup& lookup, bool truncated) {
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
  return packet;
}

std::string encode(const ldns_pkt* query, const ZoneIndex::Lookup& lookup, bool truncated) {
  return to_wire(answer_to(query, lookup, truncated).get());
}

// The same message about another name: the question of a query that was never asked.
std::string with_other_question(const ldns_pkt* query, const ZoneIndex::Lookup& lookup) {
  const LdnsPacket packet = answer_to(query, lookup, false);
  ldns_rr* question = ldns_rr_list_rr(ldns_pkt_question(packet.get()), 0);
  ldns_rdf_deep_free(ldns_rr_owner(question));
  ldns_rr_set_owner(question, ldns_dname_new_frm_str("another-question.invalid."));
  return to_wire(packet.get());
}

std::string under_other_id(std::string bytes) {
  if (!bytes.empty()) bytes[0] = static_cast<char>(bytes[0] ^ 0x55);
  return bytes;
}

// What somebody would like the answer to be.
LdnsRr forged_record(const ldns_rr* question) {
  const std::string name = ldns_text(ldns_rr_owner(question));
  const bool mx = ldns_rr_get_type(question) == LDNS_RR_TYPE_MX;
  const std::string line = mx ? fmt::format("{} 86400 IN MX 1 {}.", name, forged_host)
                              : fmt::format("{} 86400 IN A {}", name, forged_address);
  ldns_rr* rr = nullptr;
  if (ldns_rr_new_frm_str(&rr, line.c_str(), 0, nullptr, nullptr) != LDNS_STATUS_OK) return nullptr;
  return LdnsRr(rr);
}

std::string forge(const ldns_pkt* query, const ldns_rr* question, DnsFaultKind kind) {
  const LdnsRr record = forged_record(question);
  ZoneIndex::Lookup lie;
  lie.answer = {record.get()};
  if (kind == DnsFaultKind::forged_question) return with_other_question(query, lie);
  const std::string bytes = encode(query, lie, false);
  return kind == DnsFaultKind::forged_id ? under_other_id(bytes) : bytes;
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
  std::vector<unsigned> met;  ///< by the fault's position

  const DnsFault* fault_for(std::string_view name, std::string_view type) {
    met.resize(faults.size());
    for (std::size_t i = 0; i < faults.size(); ++i) {
      const DnsFault& fault = faults[i];
      const bool same_name = fault.name == "*" || dns_name(fault.name) == name;
      if (!same_name || (!fault.type.empty() && fault.type != type)) continue;
      if (fault.first == 0 || ++met[i] <= fault.first) return &fault;
    }
    return nullptr;
  }
};

Responder::Responder(const Zones& zones)
    : impl_(std::make_unique<Impl>(Impl{ZoneIndex(zones.zones), zones.faults, {}})) {}
Responder::Responder(Responder&&) noexcept = default;
Responder& Responder::operator=(Responder&&) noexcept = default;
Responder::~Responder() = default;

DnsResponse Responder::respond(std::string_view query, bool over_tcp) {
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

  const DnsFault* fault = impl_->fault_for(response.name, response.type);
  const DnsFaultKind* kind = fault ? &fault->kind : nullptr;
  if (kind && *kind == DnsFaultKind::timeout) {
    response.answer = "none";
    return response;
  }
  if (kind && *kind == DnsFaultKind::servfail) lookup = error_of(LDNS_RCODE_SERVFAIL);
  if (kind && *kind == DnsFaultKind::nxdomain) lookup = error_of(LDNS_RCODE_NXDOMAIN);
  if (kind && *kind == DnsFaultKind::refused) lookup = error_of(LDNS_RCODE_REFUSED);
  if (over_tcp) {
    response.bytes = encode(packet.get(), lookup, false);
    response.answer = describe(lookup, type);
    return response;
  }

  // RFC 6891 section 6.2.3: a size below 512 counts as 512.
  const std::size_t asked = ldns_pkt_edns_udp_size(packet.get());
  const std::size_t size_max =
      ldns_pkt_edns(packet.get()) ? std::max(plain_size_max, asked) : plain_size_max;
  bool truncated = kind && *kind == DnsFaultKind::truncated;
  response.bytes = encode(packet.get(), lookup, truncated);
  if (response.bytes.size() > size_max) {
    truncated = true;
    response.bytes = encode(packet.get(), lookup, truncated);
  }
  response.answer = truncated ? "TRUNCATED" : describe(lookup, type);
  if (!kind) return response;
  switch (*kind) {
    case DnsFaultKind::wrong_id:
      response.answer = "WRONG-ID";
      response.bytes = under_other_id(std::move(response.bytes));
      break;
    case DnsFaultKind::wrong_question:
      response.answer = "WRONG-QUESTION";
      response.bytes = with_other_question(packet.get(), lookup);
      break;
    case DnsFaultKind::garbage:
      response.answer = "GARBAGE";
      response.bytes = "HTTP/1.1 400 Bad Request\r\n";
      break;
    case DnsFaultKind::forged_id:
    case DnsFaultKind::forged_question:
    case DnsFaultKind::forged_source:
      response.forged = forge(packet.get(), question, *kind);
      response.forged_elsewhere = *kind == DnsFaultKind::forged_source;
      break;
    default:
      break;
  }
  return response;
}

}  // namespace fakes
