// What bounds a run, and the words of a mail exchanger that bound what it speaks.
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

// Whether the statement is one of these.
bool PlanBuilder::read_mx_words(MxPhase& phase, const Node& child) {
  if (child.is("tls-at-most")) {
    phase.tls_at_most = child.text("version");
  } else if (child.is("tls-ciphers")) {
    phase.tls_ciphers = child.text("list");
  } else if (child.is("hands-back")) {
    phase.hand_backs_max = child.has("times") ? static_cast<int>(child.integer("times")) : -1;
  } else {
    return false;
  }
  return true;
}

}  // namespace sealcheck::plan
