// The hybrid service of a plan, and what its block says of one of its phases.
#include <fmt/format.h>

#include <algorithm>

#include "sim/plan/plan_builder.hpp"

namespace sealcheck::plan {

using syntax::Node;

namespace {

constexpr const char* cloud_address = "203.0.113.250";
constexpr const char* inbound_address = "203.0.113.251";

void read_analysis(CloudAnalysis& analysis, const Node& node) {
  if (node.is("analysis-finds"))
    analysis.signatures.push_back({node.text("verdict"), node.text("name"), node.text("octets")});
  if (node.is("analysis-fault")) analysis.fault = node.text("fault");
}

void read_inbound(CloudInbound& inbound, const Node& node) {
  if (node.is("stands-before")) {
    inbound.domains.push_back(node.text("domain"));
    for (const std::string& key : node.texts("key")) inbound.keys.push_back(key);
  }
  if (!node.is("decryption-header")) return;
  inbound.header = node.text("header");
  inbound.success = node.text("success");
  inbound.failure = node.text("failure");
}

}  // namespace

void PlanBuilder::add_cloud(const Node& node) {
  Cloud& cloud = plan_.cloud.emplace();
  cloud.name = node.text("name");
  const std::size_t dot = std::min(cloud.name.find('.'), cloud.name.size());
  cloud.portal_name = "portal" + cloud.name.substr(dot);
  cloud.address = cloud_address;
  cloud.inbound_name = "mx" + cloud.name.substr(dot);
  cloud.inbound_address = inbound_address;
  cloud.phase = cloud_phase(node);
  const auto same_name = [&](const Mx& mx) { return mx.name == cloud.name; };
  if (std::any_of(plan_.mxs.begin(), plan_.mxs.end(), same_name))
    diagnostics_.error(node.span("name"), fmt::format("there is already an actor '{}'", cloud.name),
                       "give the service a name of its own");
  for (const std::string& name : {cloud.name, cloud.portal_name})
    actor_records_.push_back({name, "A", cloud.address});
  actor_records_.push_back({cloud.inbound_name, "A", cloud.inbound_address});
}

void PlanBuilder::set_public_networks(const Node& node) {
  if (!plan_.cloud) {
    diagnostics_.error(node.span(), "nobody asks which addresses are public",
                       "declare the hybrid service, or leave the line out");
    return;
  }
  plan_.cloud->public_networks = node.texts("network");
}

CloudPhase PlanBuilder::cloud_phase(const Node& node) {
  CloudPhase phase;
  phase.front = mx_phase(node, "cloud");
  for (const Node& child : node.children()) {
    if (child.is("account")) phase.account_enabled = child.text("state") == "enabled";
    if (child.is("misbehaves")) phase.fault = child.text("how");
    if (child.is("analysis-finds") && child.text("octets").empty())
      diagnostics_.error(child.span("octets"), "every message says nothing",
                         "write what is to be looked for");
    read_analysis(phase.analysis, child);
    read_inbound(phase.inbound, child);
  }
  return phase;
}

std::vector<Condition> PlanBuilder::client_decision(const Node& node) {
  const std::string& peer = node.text("peer");
  if (is_cloud(peer))
    return {ClientDecision{peer, node.text("decision") == "admits", node.text_or("root", ""),
                           node.text_or("reason", "")}};
  diagnostics_.error(node.span("peer"), fmt::format("'{}' is no hybrid service", peer),
                     plan_.cloud ? fmt::format("did you mean '{}'?", plan_.cloud->name)
                                 : fmt::format("declare it: cloud {}", peer));
  return {};
}

// The exchanger that the world knows for a domain before which the service stands.
void PlanBuilder::set_server(Message& message) const {
  const auto& inside = plan_.gateway.protected_domains;
  const std::string sender_domain = message.origin.substr(message.origin.find('.') + 1);
  const bool internal = std::find(inside.begin(), inside.end(), sender_domain) != inside.end();
  if (!plan_.cloud || internal) return;
  const std::vector<std::string>& domains = plan_.cloud->phase.inbound.domains;
  const auto is_before = [&](const std::string& recipient) {
    const std::string domain = recipient.substr(recipient.rfind('@') + 1);
    return std::find(domains.begin(), domains.end(), domain) != domains.end();
  };
  if (std::all_of(message.recipients.begin(), message.recipients.end(), is_before))
    message.server = plan_.cloud->inbound_address;
}

bool PlanBuilder::is_cloud(const std::string& peer) const {
  return plan_.cloud && plan_.cloud->name == peer;
}

}  // namespace sealcheck::plan
