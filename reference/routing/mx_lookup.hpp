// From a domain, or from a route's own list, to the hosts to try, in order (RFC 5321 section 5.1).
//
// Lower preference first; of equal ones a domain's are shuffled with the host's entropy (RFC 5321
// section 5.1), a route's take turns. A domain without MX
// records is its own mail host (implicit MX); a null MX refuses mail (RFC 7505). A host of the list
// that has no address is left out; when none is left, the failure is temporary if any look-up was.
// At most 16 hosts are looked at, and 16 addresses of each.
//
// A failure always says temporary or permanent, with a reason word and an enhanced status code (RFC
// 3463): dns-timeout, dns-servfail (refused and broken answers too), dns-truncated
// (temporary, 4.4.3); no-such-domain (5.1.2), null-mx (5.1.10), no-usable-mx (5.4.4).
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/system/result.hpp>
#include <string>
#include <vector>

#include "reference/host/host.hpp"
#include "reference/routing/resolver.hpp"
#include "reference/routing/route_table.hpp"

namespace sealgate::routing {

struct MailHost {
  std::string
      name;  ///< for SNI and certificate checks; an address's text for an address in a route
  std::uint16_t preference = 0;
  std::vector<host::Endpoint> addresses;  ///< at least one; IPv4 first
};

struct LookupFailure {
  bool permanent = false;
  std::string reason;         ///< the words above
  std::string enhanced_code;  ///< "4.4.3"
  std::string text;           ///< one line for people
};

/// What value() of a failed look-up throws: a programmer's error (std::logic_error).
[[noreturn]] void throw_exception_from_error(const LookupFailure& failure,
                                             const boost::source_location& location);

using MailHosts = boost::system::result<std::vector<MailHost>, LookupFailure>;

/// The hosts for a recipient's domain, on port 25. A domain in brackets is an address literal (RFC
/// 5321 section 4.1.3) and is not looked up.
boost::asio::awaitable<MailHosts> find_hosts(Resolver& resolver, host::Host& host,
                                             std::string domain, host::MonoTime deadline);

/// The hosts of a route's list: names are looked up for addresses, never for MX records. Among
/// servers of equal preference number `turn` (of so many, beginning again) is the first.
boost::asio::awaitable<MailHosts> find_servers(Resolver& resolver, std::vector<Server> servers,
                                               unsigned turn, host::MonoTime deadline);

}  // namespace sealgate::routing
