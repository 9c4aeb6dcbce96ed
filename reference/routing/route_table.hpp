// The routes: which mail hosts take the mail of a domain, and whether the TLS box is marked for it.
//
// A route lists its domains: "example.com" (exactly that), "*.example.com" (everything below it,
// not itself) or "*" (the default). The most specific wins: exact, then the longest suffix, then
// the default; letter case and a trailing dot do not count. Pure; immutable once built. A
// contradictory table throws std::invalid_argument: that is misconfiguration.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sealgate::routing {

struct Server {
  std::string host;  ///< a host name or an IP address
  std::uint16_t port = 25;
  std::uint16_t preference = 10;  ///< lower first, equal in turn
};

struct Route {
  std::string name;
  std::vector<std::string> domains;
  bool tls = false;             ///< "Use TLS if available"; RUL-17: unmarked at first
  std::vector<Server> servers;  ///< up to 16; empty: look up MX records
};

inline constexpr std::size_t servers_max = 16;

class RouteTable {
 public:
  RouteTable() = default;
  /// Throws std::invalid_argument: a domain in two routes, a route without a domain, a server
  /// without host, port or preference, or more than servers_max of them.
  explicit RouteTable(std::vector<Route> routes);

  /// The route for a recipient's domain; null when none fits. Lives as long as the table.
  const Route* find(std::string_view domain) const;

  const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
  std::map<std::string, std::size_t, std::less<>>
      by_domain_;  ///< lower-case pattern → routes_ index
};

}  // namespace sealgate::routing
