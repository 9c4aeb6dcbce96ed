#include <fmt/format.h>

#include <map>

#include "reference/settings/read_lists.hpp"

namespace sealgate::settings {
namespace {

policy::Direction direction_from(const std::string& word) {
  if (word == "inbound") return policy::Direction::inbound;
  return word == "internal" ? policy::Direction::internal : policy::Direction::outbound;
}

policy::Policy read_policy(const syntax::Node& node) {
  policy::Policy policy;
  policy.name = node.text("name");
  for (const auto* condition : node.children_of("when-subject")) {
    policy.conditions.push_back(policy::SubjectContains{condition->text("phrase")});
  }
  if (const auto* action = node.child("action")) {
    if (action->text("action") == "encrypt") policy.action = policy::Action::encrypt;
  }
  if (const auto* directions = node.child("for")) {
    policy.directions.clear();
    for (const auto& word : directions->texts("direction")) {
      policy.directions.push_back(direction_from(word));
    }
  }
  policy.deployed = node.child("deployed") != nullptr;
  return policy;
}

}  // namespace

std::vector<policy::Policy> read_policies(const std::vector<const syntax::Node*>& policies,
                                          syntax::Diagnostics& diagnostics) {
  std::vector<policy::Policy> read;
  std::map<std::string, syntax::Span> names;
  for (const auto* node : policies) {
    auto policy = read_policy(*node);
    const auto [first, added] = names.emplace(policy.name, node->span("name"));
    if (!added) {
      diagnostics.error(node->span("name"),
                        fmt::format("there is a policy '{}' already", policy.name),
                        "the first is at " + to_string(first->second));
      continue;
    }
    if (policy.conditions.empty()) {
      diagnostics.error(node->span(), fmt::format("the policy '{}' has no condition", policy.name),
                        "it would match nothing; say 'when subject contains \"…\"'");
    }
    read.push_back(std::move(policy));
  }
  return read;
}

}  // namespace sealgate::settings
