// What the name servers of a plan know and do. Plain data; what a fault means is said in
// fakes/dns/zone.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sealcheck::plan {

struct DnsRecord {
  std::string name;
  std::string type;
  std::string value;
  std::uint32_t ttl_s = 300;
};

struct DnsFault {
  std::string how;   ///< "servfail", "nothing", "wrong-id", …; "forged-wrong-id", … comes first
  std::string type;  ///< empty: each
  std::string name;  ///< empty: each
  unsigned first = 0;  ///< 0: each time
};

/// Replaced as a whole by a `change dns`. The records made for the actors are among these.
struct DnsPhase {
  std::vector<DnsRecord> records;
  std::vector<DnsFault> faults;
  bool serves_tcp = true;
};

struct DnsServer {
  std::string name;
  std::string address;
  DnsPhase phase;  ///< the first one
};

}  // namespace sealcheck::plan
