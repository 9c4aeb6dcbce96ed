#include "reference/policy/policy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "reference/message/phrase.hpp"

namespace sealgate::policy {
namespace {

/// Where a condition is met, and the condition in words.
struct Match {
  std::string condition;
  std::string where;
};

// One overload for each kind of condition.
std::optional<Match> match(const SubjectContains& condition, const MessageView& message) {
  if (!message::Phrase(condition.phrase).found_in(message.subject)) return std::nullopt;
  return Match{fmt::format("subject contains \"{}\"", condition.phrase), "subject"};
}

/// The match of the policy's first condition, if all of them are met.
std::optional<Match> match(const Policy& policy, const MessageView& message) {
  std::optional<Match> first;
  for (const auto& condition : policy.conditions) {
    auto met = std::visit([&](const auto& kind) { return match(kind, message); }, condition);
    if (!met) return std::nullopt;
    if (!first) first = std::move(met);
  }
  return first;
}

bool applies(const Policy& policy, Direction direction) {
  return policy.deployed && std::find(policy.directions.begin(), policy.directions.end(),
                                      direction) != policy.directions.end();
}

}  // namespace

std::string_view to_word(Action action) {
  switch (action) {
    case Action::permit:
      return "permit";
    case Action::encrypt:
      return "encrypt";
    case Action::quarantine:
      return "quarantine";
    case Action::drop:
      return "drop";
  }
  return "unknown";
}

Decision decide(const MessageView& message, Direction direction, std::span<const Policy> policies) {
  Decision decision;
  for (const auto& policy : policies) {
    if (!applies(policy, direction)) continue;
    // Only what is more severe than the best so far can win; the first match of all names itself.
    if (!decision.policy.empty() && policy.action <= decision.action) continue;
    auto met = match(policy, message);
    if (!met) continue;
    decision = {policy.action, policy.name, std::move(met->condition), std::move(met->where)};
  }
  return decision;
}

std::string explain(const Decision& decision) {
  if (decision.policy.empty()) return "permit: no policy matched";
  return fmt::format("{} by \"{}\": {}", to_word(decision.action), decision.policy,
                     decision.condition);
}

}  // namespace sealgate::policy
