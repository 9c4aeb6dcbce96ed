// A fake's own look at the DNS (the hybrid service's, an encryption server's): one question at a
// time over UDP, name servers asked in turn (RFC 1035, RFC 5452 section 9.2), wire format from
// ldns. It keeps nothing of an answer.
//
// An answer counts if it comes from the server asked, with the identifier and the question of the
// query. A truncated one is a failure, as are three questions without an answer. Lifetime: the host
// outlives it, it outlives its calls.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <vector>

#include "reference/host/host.hpp"

namespace fakes {

/// What a name server says: nothing is an answer too. `values` as in a zone file, names in lower
/// case and without their final dot.
struct DnsAnswer {
  std::vector<std::string> values;
  bool no_such_name = false;
};

class Resolver {
 public:
  Resolver(host::Host& host, std::vector<host::Endpoint> servers)
      : host_(host), servers_(std::move(servers)) {}

  /// `type`: "A", "MX", "PTR". None: nobody gave an answer that could be used.
  boost::asio::awaitable<std::optional<DnsAnswer>> ask(std::string name, std::string type);

  /// The mail hosts of a domain in the order in which they are to be tried; the domain itself where
  /// it has none (RFC 5321 section 5.1), nobody where it says so (RFC 7505). None: as above.
  boost::asio::awaitable<std::optional<std::vector<std::string>>> mail_hosts(std::string domain);

 private:
  boost::asio::awaitable<std::optional<DnsAnswer>> ask_one(host::Endpoint server, std::string name,
                                                           std::string type);

  host::Host& host_;
  std::vector<host::Endpoint> servers_;
};

/// "1.2.0.192.in-addr.arpa" (RFC 1035 section 3.5), or its like for IPv6 (RFC 3596 section 2.5).
std::string reverse_name(const host::Address& address);

}  // namespace fakes
