#include "reference/policy/encrypting.hpp"

#include <algorithm>

namespace sealgate::policy {
namespace {

Action action_of(const Rule& rule, const PolicySet& set) {
  const auto plan = std::find_if(set.plans.begin(), set.plans.end(),
                                 [&](const ActionPlan& one) { return one.name == rule.plan; });
  return rule.plan.empty() || plan == set.plans.end() ? rule.action : plan->email;
}

bool goes_beyond(const Rule& rule) {
  const auto& directions = rule.destination.directions;
  return std::any_of(directions.begin(), directions.end(),
                     [](Direction one) { return one != Direction::outbound; });
}

}  // namespace

const Policy* encrypts_beyond_outbound(const PolicySet& set) {
  for (const auto& policy : set.policies) {
    for (const auto& rule : policy.rules) {
      if (goes_beyond(rule) && action_of(rule, set) == Action::encrypt) return &policy;
    }
  }
  return nullptr;
}

}  // namespace sealgate::policy
