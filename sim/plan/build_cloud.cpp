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

CloudPhase PlanBuilder::cloud_phase(const Node& node) {
  CloudPhase phase;
  phase.front = mx_phase(node, "cloud");
  for (const Node& child : node.children())
    if (child.is("account")) phase.account_enabled = child.text("state") == "enabled";
  return phase;
}

bool PlanBuilder::is_cloud(const std::string& peer) const {
  return plan_.cloud && plan_.cloud->name == peer;
}

}  // namespace sealcheck::plan
