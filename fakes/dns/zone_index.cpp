#include "fakes/dns/zone_index.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace fakes {
namespace {

constexpr int cname_links_max = 8;

bool is_within(std::string_view name, std::string_view origin) {
  if (origin == ".") return true;
  if (!name.ends_with(origin)) return false;
  return name.size() == origin.size() || name[name.size() - origin.size() - 1] == '.';
}

// RFC 1035 section 5.1: a character-string in quotes, the quote and the backslash escaped.
std::string quoted(std::string_view value) {
  if (value.starts_with('"')) return std::string(value);
  std::string text = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + '"';
}

LdnsRr parse(const DnsRecord& record) {
  const std::string value = record.type == "TXT" ? quoted(record.value) : record.value;
  const std::string line =
      fmt::format("{} {} IN {} {}", dns_name(record.name), record.ttl, record.type, value);
  LdnsField root(ldns_dname_new_frm_str("."));
  ldns_rr* rr = nullptr;
  const ldns_status status =
      ldns_rr_new_frm_str(&rr, line.c_str(), record.ttl, root.get(), nullptr);
  if (status != LDNS_STATUS_OK) {
    throw std::runtime_error(
        fmt::format("DNS record '{}': {}", line, ldns_get_errorstr_by_id(status)));
  }
  return LdnsRr(rr);
}

DnsRecord default_soa(const std::string& origin) {
  const std::string below = origin == "." ? std::string() : "." + origin;
  const std::string value = fmt::format("ns{} hostmaster{} 1 3600 600 86400 60", below, below);
  return {origin, "SOA", 60, value};
}

}  // namespace

std::string dns_name(std::string_view text) {
  std::string name;
  for (const char c : text) name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (!name.ends_with('.')) name += '.';
  return name;
}

ZoneIndex::ZoneIndex(const std::vector<Zone>& zones) {
  for (const Zone& zone : zones) {
    IndexedZone& indexed = zones_.emplace_back();
    indexed.origin = dns_name(zone.origin);
    const auto add = [&indexed](const DnsRecord& record) {
      const std::string name = dns_name(record.name);
      if (!is_within(name, indexed.origin)) {
        throw std::runtime_error(
            fmt::format("DNS record for {} lies outside its zone {}", name, indexed.origin));
      }
      LdnsRr rr = parse(record);
      if (ldns_rr_get_type(rr.get()) == LDNS_RR_TYPE_SOA) indexed.soa = rr.get();
      indexed.nodes[name].push_back(std::move(rr));
    };
    for (const DnsRecord& record : zone.records) add(record);
    if (!indexed.soa) add(default_soa(indexed.origin));
  }
}

ZoneIndex::Lookup ZoneIndex::look_up(std::string name, ldns_rr_type type) const {
  Lookup result;
  for (int links = 0; links <= cname_links_max; ++links) {
    const IndexedZone* zone = zone_of(name);
    if (!zone) {
      // A CNAME that leads out of the zones is answered as far as it is known.
      if (links == 0) result.rcode = LDNS_RCODE_REFUSED;
      return result;
    }
    const auto node = zone->nodes.find(name);
    if (node == zone->nodes.end()) {
      // RFC 8020: a name with something below it exists, without records.
      bool exists = false;
      for (const auto& [owner, records] : zone->nodes) exists |= is_within(owner, name);
      if (!exists) result.rcode = LDNS_RCODE_NXDOMAIN;
      result.authority = {zone->soa};
      return result;
    }
    const ldns_rr* cname = nullptr;
    bool found = false;
    for (const LdnsRr& rr : node->second) {
      const ldns_rr_type own = ldns_rr_get_type(rr.get());
      if (own == LDNS_RR_TYPE_CNAME) cname = rr.get();
      if (own != type && type != LDNS_RR_TYPE_ANY) continue;
      result.answer.push_back(rr.get());
      found = true;
    }
    if (found) return result;
    if (!cname) {
      result.authority = {zone->soa};  // NODATA (RFC 2308 section 2.2)
      return result;
    }
    result.answer.push_back(cname);
    name = dns_name(ldns_text(ldns_rr_rdf(cname, 0)));
  }
  return result;
}

const ZoneIndex::IndexedZone* ZoneIndex::zone_of(std::string_view name) const {
  const IndexedZone* closest = nullptr;
  for (const IndexedZone& zone : zones_) {
    if (!is_within(name, zone.origin)) continue;
    if (!closest || zone.origin.size() > closest->origin.size()) closest = &zone;
  }
  return closest;
}

}  // namespace fakes
