#include "reference/policy/ownership.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace sealgate::policy {
namespace {

template <class Named>
const Named* find(const std::vector<Named>& all, const std::string& name) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == name; });
  return found == all.end() ? nullptr : &*found;
}

template <class Named>
bool stays(const std::vector<Named>& before, const std::vector<Named>& after,
           const std::string& name) {
  const auto* old = find(before, name);
  const auto* now = find(after, name);
  return old && now && *old == *now;
}

/// What the rule refers to by name, as it is on both sides. Of a plan only the action counts, and
/// that is in the rule.
bool refers_to_the_same(const Rule& rule, const PolicySet& before, const PolicySet& after) {
  for (const auto* parties : {&rule.source.from, &rule.source.except}) {
    for (const auto& group : parties->groups) {
      if (!stays(before.groups, after.groups, group)) return false;
    }
  }
  return std::all_of(rule.conditions.begin(), rule.conditions.end(), [&](const auto& condition) {
    const auto* words = std::get_if<DictionaryCondition>(&condition);
    return !words || stays(before.dictionaries, after.dictionaries, words->dictionary);
  });
}

bool is_the_same(const Policy& policy, const PolicySet& before, const PolicySet& after) {
  return stays(before.policies, after.policies, policy.name) &&
         std::all_of(policy.rules.begin(), policy.rules.end(),
                     [&](const Rule& rule) { return refers_to_the_same(rule, before, after); });
}

}  // namespace

std::string edit_refusal(const PolicySet& before, const PolicySet& after,
                         std::string_view administrator) {
  for (const auto& policy : before.policies) {
    if (may_edit(policy, administrator) || is_the_same(policy, before, after)) continue;
    return fmt::format("the policy '{}' belongs to {}: {} may not change it", policy.name,
                       fmt::join(policy.owners, " and "), administrator);
  }
  return {};
}

}  // namespace sealgate::policy
