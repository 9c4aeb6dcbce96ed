// What bounds a run.
#include "sim/plan/plan_builder.hpp"

namespace sealcheck::plan {

using syntax::Node;

void PlanBuilder::read_budget(const Node& node) {
  Budget& budget = plan_.budget;
  if (node.has("events")) budget.events_max = static_cast<std::uint64_t>(node.integer("events"));
  if (node.has("time")) budget.virtual_ns_max = node.duration("time").count();
  if (node.has("memory")) budget.trace_bytes_max = static_cast<std::size_t>(node.size("memory"));
  if (node.has("wall")) budget.wall_ns_max = node.duration("wall").count();
  if (node.has("events") && node.integer("events") <= 0)
    diagnostics_.error(node.span("events"), "a run without any event is no run");
}

}  // namespace sealcheck::plan
