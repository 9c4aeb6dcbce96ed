// The zones in the form that queries are looked up in. Internal to fakes/dns.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/dns/ldns_handle.hpp"
#include "fakes/dns/zone.hpp"

namespace fakes {

/// In lower case and with its final dot.
std::string dns_name(std::string_view text);

class ZoneIndex {
 public:
  /// Throws std::runtime_error, naming the record, when one cannot be read or lies outside its
  /// zone.
  explicit ZoneIndex(const std::vector<Zone>& zones);

  struct Lookup {
    std::vector<const ldns_rr*> answer;     ///< CNAMEs on the way included
    std::vector<const ldns_rr*> authority;  ///< the SOA record of a negative answer
    ldns_pkt_rcode rcode = LDNS_RCODE_NOERROR;
  };

  Lookup look_up(std::string name, ldns_rr_type type) const;

 private:
  struct IndexedZone {
    std::string origin;
    std::map<std::string, std::vector<LdnsRr>> nodes;
    const ldns_rr* soa = nullptr;
  };

  const IndexedZone* zone_of(std::string_view name) const;

  std::vector<IndexedZone> zones_;
};

}  // namespace fakes
