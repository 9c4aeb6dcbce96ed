#include "reference/routing/route_table.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace sealgate::routing {
namespace {

std::string normal(std::string_view domain) {
  if (domain.ends_with('.')) domain.remove_suffix(1);
  std::string lower(domain);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

[[noreturn]] void refuse(const Route& route, std::string_view why) {
  throw std::invalid_argument(fmt::format("route \"{}\": {}", route.name, why));
}

void check(const Route& route) {
  if (route.domains.empty()) refuse(route, "it has no domain");
  if (route.servers.size() > servers_max) {
    refuse(route,
           fmt::format("it has {} servers, {} are allowed", route.servers.size(), servers_max));
  }
  for (const auto& server : route.servers) {
    if (server.host.empty()) refuse(route, "a server has no host name or address");
    if (server.port == 0) refuse(route, fmt::format("{} has port 0", server.host));
    if (server.preference == 0) refuse(route, fmt::format("{} has preference 0", server.host));
  }
}

}  // namespace

RouteTable::RouteTable(std::vector<Route> routes) : routes_(std::move(routes)) {
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    check(routes_[i]);
    for (const auto& domain : routes_[i].domains) {
      const auto pattern = normal(domain);
      auto name = std::string_view(pattern);
      if (name.starts_with("*.")) name.remove_prefix(2);
      if (domain != "*" && (name.empty() || name.find('*') != name.npos)) {
        refuse(routes_[i], fmt::format("\"{}\" is neither a domain, *.domain nor *", domain));
      }
      const auto [there, fresh] = by_domain_.emplace(pattern, i);
      if (!fresh) {
        refuse(routes_[i], fmt::format("\"{}\" belongs to route \"{}\" already", domain,
                                       routes_[there->second].name));
      }
    }
  }
}

const Route* RouteTable::find(std::string_view domain) const {
  const auto name = normal(domain);
  if (const auto exact = by_domain_.find(name); exact != by_domain_.end()) {
    return &routes_[exact->second];
  }
  // a.b.example → *.b.example, *.example: the longest suffix comes first.
  for (auto dot = name.find('.'); dot != name.npos; dot = name.find('.', dot + 1)) {
    const auto suffix = by_domain_.find("*" + name.substr(dot));
    if (suffix != by_domain_.end()) return &routes_[suffix->second];
  }
  const auto fallback = by_domain_.find("*");
  return fallback == by_domain_.end() ? nullptr : &routes_[fallback->second];
}

}  // namespace sealgate::routing
