// One DNS query in, one answer out (RFC 1034 section 4.3.2, RFC 2308); no socket, no clock.
//
// It answers as a resolver whose world is its zones: CNAMEs are followed across them (a loop ends
// after eight links, with what was found), names in no zone are REFUSED. No wildcards, no
// referrals, no additional section. Over UDP an answer over 512 octets, or the EDNS size, is
// truncated; over TCP it is whole, and faults of a datagram do not apply.
// Whatever it cannot read as a query is dropped or answered FORMERR; it never throws for a query.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "fakes/dns/zone.hpp"

namespace fakes {

struct DnsResponse {
  bool is_query = false;  ///< false: garbage, nothing below is set
  std::string name;       ///< lower case, with its final dot
  std::string type;
  std::string answer;  ///< the `answer` field of dns.query
  std::string bytes;   ///< empty: nothing is sent
  std::string forged;  ///< sent before it; empty: nothing is
  bool forged_elsewhere = false;  ///< from another port
};

class Responder {
 public:
  /// Throws std::runtime_error, naming the record, when one cannot be read.
  explicit Responder(const Zones& zones);
  Responder(Responder&&) noexcept;
  Responder& operator=(Responder&&) noexcept;
  ~Responder();

  /// Counts the query in the faults that it meets.
  DnsResponse respond(std::string_view query, bool over_tcp = false);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fakes
