// Short ways to say policies and messages in the tests of this folder.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "reference/policy/engine.hpp"

namespace sealgate::policy::test {

inline Rule rule(std::string name, Action action, std::vector<Condition> conditions) {
  Rule made;
  made.name = std::move(name);
  made.conditions = std::move(conditions);
  made.action = action;
  return made;
}

inline Rule subject_rule(std::string name, Action action, std::string phrase = "confidential") {
  return rule(std::move(name), action, {PhraseCondition{subject_area, {std::move(phrase)}}});
}

inline PolicySet of(std::vector<Rule> rules) {
  PolicySet set;
  for (auto& one : rules) {
    Policy policy;
    policy.name = one.name;
    policy.rules = {std::move(one)};
    set.policies.push_back(std::move(policy));
  }
  return set;
}

inline Facts outbound() {
  return {Direction::outbound, "alice@corp.test", "bob@partner.test",
          boost::asio::ip::make_address("192.0.2.7")};
}

inline Decision decide(const PolicySet& set, std::string_view message,
                       const Facts& facts = outbound()) {
  const Engine engine(set);
  return engine.decide(engine.examine(message), facts);
}

/// The explanation of what one condition makes of a message: "" when it is not met.
inline std::string met(Condition condition, std::string_view message,
                       const std::vector<Dictionary>& dictionaries = {}) {
  auto set = of({rule("P", Action::encrypt, {std::move(condition)})});
  set.dictionaries = dictionaries;
  const auto decision = decide(set, message);
  const auto* incident = decision.decided_by();
  return incident ? incident->condition + " at " + incident->where : decision.exception;
}

}  // namespace sealgate::policy::test
