// The actors of a plan: who there is, at which address, and what the name server knows of them.
#include "sim/plan/plan_builder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reference/syntax/format.hpp"

namespace sealcheck::plan {

using syntax::Node;

namespace {

// The three documentation networks of RFC 5737, one for each party.
constexpr const char* inside_network = "192.0.2.";
constexpr const char* outside_network = "198.51.100.";
constexpr const char* mx_network = "203.0.113.";
constexpr const char* gateway_address = "192.0.2.1";
constexpr const char* gateway_reverse_name = "1.2.0.192.in-addr.arpa";
constexpr const char* dns_address = "192.0.2.53";
constexpr const char* second_dns_address = "192.0.2.54";

std::string domain_of(const std::string& address) {
  return address.substr(address.rfind('@') + 1);
}

// A gateway that verifies certificates trusts the lab's CA, unless the scenario gives it another.
syntax::Statement with_lab_root(syntax::Statement statement) {
  if (!statement.starts_with("tls") || !statement.block) return statement;
  auto& children = statement.block->statements;
  bool verifies = false;
  for (const syntax::Statement& child : children) {
    if (child.starts_with("trusted-ca")) return statement;
    verifies |= child.starts_with("level") && child.tokens.size() > 1 &&
                child.tokens[1].text.starts_with("verify");
  }
  if (!verifies) return statement;
  syntax::Statement trust;
  trust.tokens = {syntax::make_word("trusted-ca"), syntax::make_string(std::string(lab_root))};
  children.push_back(std::move(trust));
  return statement;
}

}  // namespace

syntax::Statement by_value(syntax::Statement statement) {
  for (syntax::Token& token : statement.tokens)
    token = token.is_word() ? syntax::make_word(token.text) : syntax::make_string(token.text);
  if (statement.block)
    for (syntax::Statement& child : statement.block->statements) child = by_value(child);
  return statement;
}

std::string PlanBuilder::next_address(const char* network, int& last) {
  return network + std::to_string(++last);
}

bool PlanBuilder::actor_exists(const Node& node) {
  const std::string& name = node.text("name");
  const auto same_name = [&](const Mx& other) { return other.name == name; };
  if (std::none_of(plan_.mxs.begin(), plan_.mxs.end(), same_name)) return false;
  diagnostics_.error(node.span("name"), fmt::format("there is already an actor '{}'", name),
                     "give each mail exchanger a name of its own");
  return true;
}

void PlanBuilder::add_mx(const Node& node) {
  if (actor_exists(node)) return;
  Mx mx;
  mx.name = node.text("name");
  mx.address = next_address(mx_network, last_mx_);
  mx.domains = node.texts("domain");
  if (node.has("preference")) {
    mx.preference = static_cast<std::uint16_t>(node.integer("preference"));
    if (mx.preference != node.integer("preference"))
      diagnostics_.error(node.span("preference"), "a preference lies between 0 and 65535");
  }
  mx.phase = mx_phase(node);
  for (const std::string& domain : mx.domains)
    actor_records_.push_back({domain, "MX", fmt::format("{} {}.", mx.preference, mx.name)});
  actor_records_.push_back({mx.name, "A", mx.address});
  plan_.mxs.push_back(std::move(mx));
}

void PlanBuilder::set_gateway(const Node* node) {
  Gateway& gateway = plan_.gateway;
  gateway.name = "gw." + gateway.protected_domains.front();
  const auto hostname = settings_values(settings_, "hostname");
  if (!hostname.empty()) gateway.name = hostname.front();
  if (node && node->has("name")) gateway.name = node->text("name");
  gateway.address = gateway_address;
  plan_.dns.name = "dns." + gateway.protected_domains.front();
  plan_.dns.address = dns_address;
  if (plan_.second_dns) {
    plan_.second_dns->name = "dns2." + gateway.protected_domains.front();
    plan_.second_dns->address = second_dns_address;
  }
  actor_records_.push_back({gateway.name, "A", gateway.address});
  actor_records_.push_back({gateway_reverse_name, "PTR", gateway.name + "."});
  gateway.configuration = configuration(settings_);
}

// The world's facts, where the scenario does not say otherwise, and what it says.
std::string PlanBuilder::configuration(const std::vector<syntax::Statement>& settings) const {
  const Gateway& gateway = plan_.gateway;
  std::string text;
  if (settings_values(settings, "hostname").empty())
    text += fmt::format("hostname {}\n", gateway.name);
  if (settings_values(settings, "protected-domain").empty())
    text += fmt::format("protected-domain {}\n", fmt::join(gateway.protected_domains, " "));
  if (settings_values(settings, "trusted-clients").empty()) {
    std::string clients;
    for (const Origin& origin : plan_.origins)
      if (origin.internal) clients += " " + origin.address;
    if (!clients.empty()) text += "trusted-clients" + clients + "\n";
  }
  if (settings_values(settings, "dns-server").empty()) {
    text += fmt::format("dns-server {}:53", dns_address);
    text += plan_.second_dns ? fmt::format(" {}:53\n", second_dns_address) : "\n";
  }
  if (settings_values(settings, "listen").empty())
    text += fmt::format("listen {}:25\n", gateway_address);
  for (const syntax::Statement& statement : settings)
    text += syntax::format(with_lab_root(by_value(statement)));
  return text;
}

// What is changed, where `result` is all of the settings after it.
std::string PlanBuilder::changed_text(const std::vector<syntax::Statement>& changes,
                                      const std::vector<syntax::Statement>& result) {
  const bool names_its_cas = std::any_of(result.begin(), result.end(), [](const auto& statement) {
    return statement.starts_with("tls") && statement.block &&
           !settings_values(statement.block->statements, "trusted-ca").empty();
  });
  std::string text;
  for (const syntax::Statement& change : changes) {
    const auto meant = by_value(change);
    text += syntax::format(names_its_cas ? meant : with_lab_root(meant));
  }
  return text;
}

std::string PlanBuilder::origin_for(const std::string& sender) {
  const std::string domain = domain_of(sender);
  const auto& inside = plan_.gateway.protected_domains;
  const std::string name = "people." + domain;
  for (const Origin& origin : plan_.origins)
    if (origin.name == name) return name;
  const bool internal = std::find(inside.begin(), inside.end(), domain) != inside.end();
  plan_.origins.push_back({name,
                           internal ? next_address(inside_network, last_origin_)
                                    : next_address(outside_network, last_outside_),
                           internal});
  actor_records_.push_back({name, "A", plan_.origins.back().address});
  return name;
}

void PlanBuilder::add_recipient(const std::string& address) {
  const auto& all = plan_.recipients;
  if (std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.name == address; }))
    return;
  plan_.recipients.push_back({address, next_address(outside_network, last_outside_)});
}

}  // namespace sealcheck::plan
