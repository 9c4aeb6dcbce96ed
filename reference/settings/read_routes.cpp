#include <fmt/format.h>

#include <map>

#include "reference/settings/read_lists.hpp"
#include "reference/syntax/values.hpp"

namespace sealgate::settings {
namespace {

constexpr std::int64_t preference_max = 65535;

class RouteReader {
 public:
  explicit RouteReader(syntax::Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  void read(const syntax::Node& node) {
    routing::Route route;
    route.name = node.text("name");
    if (!names_.emplace(route.name, node.span("name")).second) {
      diagnostics_.error(node.span("name"),
                         fmt::format("there is a route '{}' already", route.name),
                         "the first is at " + to_string(names_.at(route.name)));
      return;
    }
    for (const auto& argument : node.arguments()) {
      if (argument.name == "domain") add_domain(route, argument.value);
    }
    if (const auto* box = node.child("tls")) route.tls = box->text("box") == "marked";
    for (const auto* server : node.children_of("server")) add_server(route, *server);
    if (!route.domains.empty()) routes_.push_back(std::move(route));
  }

  routing::RouteTable take() { return routing::RouteTable(std::move(routes_)); }

 private:
  void add_domain(routing::Route& route, const syntax::Token& domain) {
    auto key = domain.text;
    for (char& c : key) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (key.ends_with('.')) key.pop_back();
    const auto [first, added] = domains_.emplace(std::move(key), route.name);
    if (added) {
      route.domains.push_back(domain.text);
      return;
    }
    diagnostics_.error(domain.span, fmt::format("'{}' has a route already", domain.text),
                       fmt::format("it is in the route '{}'", first->second));
  }

  void add_server(routing::Route& route, const syntax::Node& node) {
    if (route.servers.size() == routing::servers_max) {
      diagnostics_.error(node.span(),
                         fmt::format("more than {} servers in a route", routing::servers_max));
      return;
    }
    routing::Server server;
    if (node.has("endpoint")) {
      const auto endpoint = syntax::parse_endpoint(node.text("endpoint"));
      server.host = endpoint->host;
      server.port = endpoint->port;
      if (server.port == 0) {
        diagnostics_.error(node.span("endpoint"), "the port is 0");
        return;
      }
    } else {
      server.host = node.text("host");
    }
    if (node.has("preference")) {
      const auto preference = node.integer("preference");
      if (preference < 1 || preference > preference_max) {
        diagnostics_.error(node.span("preference"), "the preference is not between 1 and 65535");
        return;
      }
      server.preference = static_cast<std::uint16_t>(preference);
    }
    route.servers.push_back(std::move(server));
  }

  syntax::Diagnostics& diagnostics_;
  std::vector<routing::Route> routes_;
  std::map<std::string, syntax::Span> names_;
  std::map<std::string, std::string> domains_;  ///< lower case, to the name of its route
};

}  // namespace

routing::RouteTable read_routes(const std::vector<const syntax::Node*>& routes,
                                syntax::Diagnostics& diagnostics) {
  RouteReader reader(diagnostics);
  for (const auto* route : routes) reader.read(*route);
  return reader.take();
}

}  // namespace sealgate::settings
