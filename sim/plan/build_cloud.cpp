// The hybrid service of a plan, and what its block says of one of its phases.
#include <fmt/format.h>

#include <algorithm>

#include "sim/plan/plan_builder.hpp"

namespace sealcheck::plan {

using syntax::Node;

namespace {

constexpr const char* cloud_address = "203.0.113.250";

}  // namespace

void PlanBuilder::add_cloud(const Node& node) {
  Cloud& cloud = plan_.cloud.emplace();
  cloud.name = node.text("name");
  const std::size_t dot = std::min(cloud.name.find('.'), cloud.name.size());
  cloud.portal_name = "portal" + cloud.name.substr(dot);
  cloud.address = cloud_address;
  cloud.phase = cloud_phase(node);
  const auto same_name = [&](const Mx& mx) { return mx.name == cloud.name; };
  if (std::any_of(plan_.mxs.begin(), plan_.mxs.end(), same_name))
    diagnostics_.error(node.span("name"), fmt::format("there is already an actor '{}'", cloud.name),
                       "give the service a name of its own");
  for (const std::string& name : {cloud.name, cloud.portal_name})
    actor_records_.push_back({name, "A", cloud.address});
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

bool PlanBuilder::is_cloud(const std::string& peer) const {
  return plan_.cloud && plan_.cloud->name == peer;
}

}  // namespace sealcheck::plan
