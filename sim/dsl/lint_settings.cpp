// The linter's rules for the gateway's block.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "sim/dsl/lint_parts.hpp"

namespace sealcheck::dsl {

using syntax::Node;

namespace {

// Whether the statement, or one inside it but for `beside`, names this.
bool names_beside(const Node& node, const std::string& name, const Node& beside) {
  if (&node == &beside) return false;
  const auto& arguments = node.arguments();
  return std::any_of(arguments.begin(), arguments.end(),
                     [&](const auto& a) { return a.value.text == name; }) ||
         std::any_of(node.children().begin(), node.children().end(),
                     [&](const Node& child) { return names_beside(child, name, beside); });
}

bool has_child(const Node& node, std::string_view id) {
  return !node.children_of(id).empty();
}

// The file of the scenario itself; what it includes is shared with others.
const syntax::SourceFile* own_file(const Statements& scenario) {
  const syntax::SourceFile* own = nullptr;
  for (const Node& node : scenario)
    if (node.is("send")) own = node.span().file;
  return own;
}

// The order in which actions go before each other; -1: an action plan, or rules of their own.
int severity_of_action(const Node& policy) {
  static constexpr std::array<std::string_view, 4> order{"permit", "encrypt", "quarantine", "drop"};
  const auto actions = policy.children_of("action");
  if (actions.size() != 1 || has_child(policy, "rule") || has_child(policy, "plan")) return -1;
  const auto found = std::find(order.begin(), order.end(), actions[0]->text_or("action", ""));
  return found == order.end() ? -1 : static_cast<int>(found - order.begin());
}

// What a policy applies to.
std::multiset<std::string> scope(const Node& policy) {
  static const std::set<std::string_view> apart{"action", "severity", "description", "owners",
                                                "deployed"};
  std::multiset<std::string> parts;
  for (const Node& child : policy.children())
    if (!apart.contains(child.id())) parts.insert(meaning(child));
  return parts;
}

}  // namespace

void find_unused_routes(const Statements& scenario, Warnings& warnings) {
  const auto domains = recipient_domains(scenario);
  for (const Node& gateway : scenario) {
    if (!gateway.is("gateway") || gateway.span().file != own_file(scenario)) continue;
    for (const Node* route : gateway.children_of("route")) {
      const auto routed = route->texts("domain");
      const auto used = [&](const std::string& domain) {
        return domain.find('*') != std::string::npos || domains.contains(domain);
      };
      if (!routed.empty() && std::none_of(routed.begin(), routed.end(), used))
        warn(warnings, route->span(), "no message takes this route",
             fmt::format("nobody sends to {}", fmt::join(routed, " or ")));
    }
  }
}

void find_unused_settings(const Statements& scenario, Warnings& warnings) {
  static const std::map<std::string_view, std::string_view> users{
      {"dictionary", "no condition looks for the words of"},
      {"action-plan", "no rule selects the plan"},
      {"group", "no rule is about the group"},
      {"administrator", "no policy is owned by"}};
  for (const Node& gateway : scenario) {
    if (!gateway.is("gateway") || gateway.span().file != own_file(scenario)) continue;
    for (const Node& setting : gateway.children()) {
      const auto user = users.find(setting.id());
      const auto name = setting.text_or("name", "");
      if (user == users.end() || name.empty()) continue;
      const auto uses = [&](const Node& node) { return names_beside(node, name, setting); };
      if (std::none_of(scenario.begin(), scenario.end(), uses))
        warn(warnings, setting.span(), fmt::format("{} '{}'", user->second, name),
             "leave it out, or name it where it belongs");
    }
  }
}

void find_drafts(const Statements& scenario, Warnings& warnings) {
  const auto deploys = [](const Node& node) { return node.is("admin.deploys"); };
  if (std::any_of(scenario.begin(), scenario.end(), deploys)) return;
  for (const Node& gateway : scenario)
    for (const Node& policy : gateway.children()) {
      if (!gateway.is("gateway") || !policy.is("policy") || has_child(policy, "deployed")) continue;
      const auto name = policy.text_or("name", "");
      const auto speaks = [&](const Node& node) { return names_beside(node, name, policy); };
      if (std::none_of(scenario.begin(), scenario.end(), speaks))
        warn(warnings, policy.span(), fmt::format("the policy '{}' is never in force", name),
             "add: deployed");
    }
}

void find_shadowed_policies(const Statements& scenario, Warnings& warnings) {
  for (const Node& gateway : scenario) {
    if (!gateway.is("gateway")) continue;
    std::vector<const Node*> policies;
    for (const Node* policy : gateway.children_of("policy"))
      if (severity_of_action(*policy) >= 0 && has_child(*policy, "deployed"))
        policies.push_back(policy);
    for (const Node* mild : policies)
      for (const Node* strong : policies) {
        const auto mine = scope(*mild), other = scope(*strong);
        const int gain = severity_of_action(*strong) - severity_of_action(*mild);
        // Of two that are equal in everything the first decides.
        if (mine != other || gain < 0 || (gain == 0 && strong >= mild)) continue;
        const auto name = mild->text_or("name", "");
        const auto speaks = [&](const Node& node) { return names_beside(node, name, *mild); };
        if (std::any_of(scenario.begin(), scenario.end(), speaks)) break;
        warn(warnings, mild->span(), fmt::format("the policy '{}' never decides", name),
             fmt::format("'{}' matches whatever it matches, and its action goes first",
                         strong->text_or("name", "")));
        break;
      }
  }
}

}  // namespace sealcheck::dsl
