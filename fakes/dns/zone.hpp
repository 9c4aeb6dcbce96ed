// What the fake name server knows in one phase of a scenario. Data only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fakes {

/// Names without or with a final dot, in any case. Values in master file format (RFC 1035
/// section 5.1) with absolute names: "192.0.2.1", "10 mx.partner.test", "0 ." for a null MX. A TXT
/// value without quotes is taken as one string.
struct DnsRecord {
  std::string name;
  std::string type;  ///< A, AAAA, MX, CNAME, PTR, NS, TXT, SOA
  std::uint32_t ttl = 300;
  std::string value;
};

/// A zone without an SOA record of its own gets one, with a negative TTL of 60 seconds.
struct Zone {
  std::string origin;  ///< "." makes the server know the whole world: elsewhere it is NXDOMAIN
  std::vector<DnsRecord> records;
};

enum class DnsFaultKind {
  servfail,
  nxdomain,
  refused,
  timeout,    ///< no answer at all
  truncated,  ///< TC set, no records (RFC 2181 section 9)
  wrong_id,   ///< the right answer under another query's id
  wrong_question,  ///< the right answer to a question for another name
  garbage,         ///< octets that are no DNS message
  // A lie comes first, then the right answer (RFC 5452): the lie names `forged_host` for MX and
  // `forged_address` for A.
  forged_id,
  forged_question,
  forged_source,  ///< everything right but the port that it comes from
};

constexpr std::string_view forged_host = "forged.invalid";
constexpr std::string_view forged_address = "198.51.100.66";

struct DnsFault {
  std::string name;  ///< the queried name; "*" for every name
  std::string type;  ///< empty: every type
  DnsFaultKind kind = DnsFaultKind::servfail;
  unsigned first = 0;  ///< 0: each time; n: only the first n times that it matches
};

struct Zones {
  std::vector<Zone> zones;
  std::vector<DnsFault> faults;  ///< the first that matches applies
};

}  // namespace fakes
