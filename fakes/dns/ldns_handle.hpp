// Owning handles for what ldns allocates, and its texts as strings. Internal to fakes/dns.
#pragma once

#include <ldns/ldns.h>

#include <cstdlib>
#include <memory>
#include <string>

namespace fakes {

struct LdnsFree {
  void operator()(ldns_rr* rr) const { ldns_rr_free(rr); }
  void operator()(ldns_pkt* packet) const { ldns_pkt_free(packet); }
  void operator()(ldns_rdf* field) const { ldns_rdf_deep_free(field); }
  void operator()(char* text) const { std::free(text); }
};
using LdnsRr = std::unique_ptr<ldns_rr, LdnsFree>;
using LdnsPacket = std::unique_ptr<ldns_pkt, LdnsFree>;
using LdnsField = std::unique_ptr<ldns_rdf, LdnsFree>;

inline std::string ldns_text(const ldns_rdf* field) {
  std::unique_ptr<char, LdnsFree> text(ldns_rdf2str(field));
  return text ? text.get() : "";
}

inline std::string ldns_type_text(ldns_rr_type type) {
  std::unique_ptr<char, LdnsFree> text(ldns_rr_type2str(type));
  return text ? text.get() : "";
}

}  // namespace fakes
