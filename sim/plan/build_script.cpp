// The steps of a plan, in the order of the file.
#include <fmt/format.h>

#include "reference/syntax/suggest.hpp"
#include "sim/plan/plan_builder.hpp"

namespace sealcheck::plan {

using syntax::Node;

namespace {

constexpr std::int64_t times_max = 10'000;

}  // namespace

void PlanBuilder::add_step(const Node& node, const syntax::Statement& statement) {
  if (node.is("send")) {
    const std::string& name = node.text("message");
    for (std::size_t i = 0; i < plan_.messages.size(); ++i)
      if (plan_.messages[i].name == name) push(Send{i, !node.has("async")}, node);
  } else if (node.is("client")) {
    add_talk(node);
  } else if (node.is("opens")) {
    open_file(node);
  } else if (node.is("looks")) {
    add_look(node);
  } else if (node.is("change")) {
    add_change(node);
  } else if (node.is("change-dns")) {
    add_dns_change(node);
  } else if (node.is("change-encryption")) {
    add_encryption_change(node);
  } else if (node.is("views") || node.is("decrypts")) {
    add_opening(node);
  } else if (node.is("change-phase")) {
    add_phase_change(node);
  } else if (node.is("change-path")) {
    add_path_change(node);
  } else if (add_fault(node) || add_admin(node, statement)) {
    return;
  } else if (node.is("expect.all")) {
    add_expect_all(node);
  } else if (node.id().starts_with("expect.")) {
    add_expect(node);
  } else if (node.id().starts_with("never.")) {
    add_never(node);
  }
}

void PlanBuilder::add_change(const Node& node) {
  if (!peer_exists(node)) return;
  push_change(node, phase_of(node));
}

PlanBuilder::Phase PlanBuilder::phase_of(const Node& node) {
  if (is_cloud(node.text("peer"))) return cloud_phase(node);
  return mx_phase(node);
}

void PlanBuilder::push_change(const Node& node, const Phase& phase) {
  const bool drop = node.has("drop");
  if (const auto* of_cloud = std::get_if<CloudPhase>(&phase))
    push(ChangeCloud{*of_cloud, drop}, node);
  else
    push(Change{node.text("peer"), std::get<MxPhase>(phase), drop}, node);
}

void PlanBuilder::add_phase_change(const Node& node) {
  if (!peer_exists(node)) return;
  const std::string& peer = node.text("peer");
  const std::string& name = node.text("phase");
  const auto found = phases_.find({peer, name});
  if (found != phases_.end()) return push_change(node, found->second);
  std::vector<std::string> names;
  for (const auto& [key, phase] : phases_)
    if (key.first == peer) names.push_back(key.second);
  const auto near = syntax::nearest(name, names);
  diagnostics_.error(node.span("phase"), fmt::format("{} has no phase '{}'", peer, name),
                     near.empty() ? fmt::format("declare it: phase {} of {} {{ … }}", name, peer)
                                  : fmt::format("did you mean '{}'?", near));
}

std::size_t PlanBuilder::times(const Node& node) {
  if (!node.has("times")) return 1;
  const std::int64_t times = node.integer("times");
  if (times >= 1 && times <= times_max) return static_cast<std::size_t>(times);
  diagnostics_.error(node.span("times"),
                     fmt::format("a number of times lies between 1 and {}", times_max),
                     times == 0 ? "write 'never' for what must not happen" : "");
  return 1;
}

// Each of several times is an expectation of its own: no event satisfies two (rule 6).
void PlanBuilder::add_expect(const Node& node) {
  const std::vector<Condition> found = conditions(node);
  const Window when = window(node);
  for (const Condition& condition : found)
    for (std::size_t n = times(node); n > 0; --n) push(Expect{condition, when}, node);
}

void PlanBuilder::add_expect_all(const Node& node) {
  ExpectAll all{{}, window(node)};
  for (const Node& child : node.children())
    for (const Condition& condition : conditions(child))
      for (std::size_t n = times(child); n > 0; --n)
        all.parts.push_back({condition, requirements(child), place(child.span())});
  if (node.children().empty())
    diagnostics_.error(node.span(), "nothing is expected here", "write a condition a line");
  push(std::move(all), node);
}

void PlanBuilder::add_never(const Node& node) {
  for (Condition& condition : conditions(node))
    push(Never{std::move(condition), node.has("ever")}, node);
}

}  // namespace sealcheck::plan
