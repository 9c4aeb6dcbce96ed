#include "reference/policy/encrypting.hpp"
#include "reference/settings/read_lists.hpp"
#include "reference/syntax/values.hpp"

namespace sealgate::settings {

std::vector<routing::Server> read_servers(const syntax::Node& node,
                                          syntax::Diagnostics& diagnostics) {
  std::vector<routing::Server> servers;
  for (const auto* server : node.children_of("server")) {
    routing::Server named;
    named.host = server->has("host") ? server->text("host") : "";
    if (server->has("endpoint")) {
      const auto endpoint = syntax::parse_endpoint(server->text("endpoint"));
      named.host = endpoint->host;
      named.port = endpoint->port;
      if (named.port == 0) diagnostics.error(server->span("endpoint"), "the port is 0");
    }
    servers.push_back(std::move(named));
  }
  return servers;
}

void read_hybrid(const syntax::Node& node, Hybrid& hybrid, syntax::Diagnostics& diagnostics) {
  hybrid = {};
  if (const auto* edition = node.child("edition")) {
    hybrid.anywhere = edition->text("edition") == "anywhere";
  }
  hybrid.add_on = node.child("add-on") != nullptr;
  hybrid.registered = node.child("registered") != nullptr;
  hybrid.enabled = node.child("enabled") != nullptr;
  hybrid.account_enabled = node.child("account") != nullptr;
  hybrid.servers = read_servers(node, diagnostics);
}

void check_hybrid(const syntax::Node& encryption, const Settings& settings,
                  syntax::Diagnostics& diagnostics) {
  if (settings.encryption.other != OtherMethod::hybrid) return;
  const auto* chosen = encryption.child("other-method");
  if (!chosen) return;
  if (settings.encryption.tls) {
    diagnostics.warning(chosen->span("method"),
                        "TLS is on beside the hybrid service, which then gets only what TLS "
                        "fails for",
                        "say tls off in the same block");
  }
  if (const auto* other = policy::encrypts_beyond_outbound(settings.policies)) {
    diagnostics.error(chosen->span("method"),
                      "the policy '" + other->name +
                          "' encrypts other mail than outbound, which the hybrid service never "
                          "does",
                      "let it be for outbound mail only");
  }
}

}  // namespace sealgate::settings
