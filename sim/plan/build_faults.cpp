// What befalls machines and disks: crashes with their moments, pauses, clock jumps, disk phases.
#include "sim/plan/plan_builder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reference/syntax/suggest.hpp"
#include "sim/dsl/fault_words.hpp"

namespace sealcheck::plan {

using syntax::Node;

namespace {

// The n-th that fails; 0: each.
std::uint64_t failing_one(const Node& node) {
  return node.has("nth") ? dsl::ordinal(node.text("nth")).value() : 0;
}

DiskPhase disk_phase(const Node& node) {
  DiskPhase phase;
  for (const Node& child : node.children()) {
    if (child.is("full")) phase.full_after_bytes = static_cast<std::uint64_t>(child.size("room"));
    if (child.is("slow")) phase.fsync_takes_ns = child.duration("duration").count();
    if (child.is("fsync-fails")) phase.fsync_fails_at = failing_one(child);
    if (child.is("writes-fail")) phase.write_fails_at = failing_one(child);
  }
  return phase;
}

bool works_and_does_not(const Node& node) {
  return node.child("works") && node.children().size() > 1;
}

}  // namespace

std::string PlanBuilder::machine(const Node& node) {
  if (!node.has("machine")) return plan_.gateway.name;
  const std::string& name = node.text("machine");
  std::vector<std::string> names{plan_.gateway.name};
  for (const Mx& mx : plan_.mxs) names.push_back(mx.name);
  if (plan_.cloud) names.push_back(plan_.cloud->name);
  if (std::find(names.begin(), names.end(), name) != names.end()) return name;
  const auto near = syntax::nearest(name, names);
  diagnostics_.error(node.span("machine"), fmt::format("there is no machine '{}'", name),
                     near.empty() ? "" : fmt::format("did you mean '{}'?", near));
  return {};
}

bool PlanBuilder::add_fault(const Node& node) {
  if (node.id().starts_with("crash")) {
    add_crash(node);
  } else if (node.is("restart")) {
    add_restart(node);
  } else if (node.is("pause")) {
    push(Pause{machine(node), node.duration("duration").count()}, node);
  } else if (node.is("clock")) {
    const std::int64_t by = node.duration("by").count();
    push(ClockJump{node.text("direction") == "back" ? -by : by}, node);
  } else if (node.is("disk") || node.is("change-disk")) {
    if (works_and_does_not(node))
      diagnostics_.error(node.child("works")->span(), "a disk that works has no fault",
                         "leave one of the two out");
    if (node.is("disk"))
      plan_.disk = disk_phase(node);
    else
      push(ChangeDisk{disk_phase(node)}, node);
  } else {
    return false;
  }
  return true;
}

void PlanBuilder::add_restart(const Node& node) {
  const std::string name = machine(node);
  int dead = 0;
  for (const Step& step : plan_.steps) {
    if (const auto* crash = std::get_if<Crash>(&step.action)) dead += crash->machine == name;
    if (const auto* restart = std::get_if<Restart>(&step.action)) dead -= restart->machine == name;
  }
  if (dead <= 0)
    diagnostics_.error(node.span(), "nothing crashes it before this line",
                       "write a crash in front of it");
  push(Restart{name}, node);
}

void PlanBuilder::add_crash(const Node& node) {
  const auto kind = node.text("how") == "kill" ? CrashKind::kill : CrashKind::power_loss;
  Crash crash{machine(node), kind, {}, {}};
  if (node.is("crash.commit") || node.is("crash.operation")) {
    const std::string& side = node.text("side");
    crash.at_disk = DiskMoment{side == "after"    ? DiskMoment::Side::after
                               : side == "during" ? DiskMoment::Side::during
                                                  : DiskMoment::Side::before,
                               node.is("crash.commit"), dsl::ordinal(node.text("nth")).value()};
  } else if (!node.is("crash")) {
    const std::vector<Condition> found = conditions(node);
    if (found.size() > 1)
      diagnostics_.error(node.span("each"), "a crash happens once", "name one recipient");
    if (found.size() != 1) return;
    crash.when = found.front();
  }
  push(std::move(crash), node);
}

}  // namespace sealcheck::plan
