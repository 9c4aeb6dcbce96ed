#include "reference/policy/engine.hpp"

#include <algorithm>

#include "reference/policy/compiled.hpp"
#include "reference/policy/examination.hpp"

namespace sealgate::policy {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  if (out.ends_with('.')) out.pop_back();
  return out;
}

std::string_view domain_of(std::string_view address) {
  const auto at = address.rfind('@');
  return at == address.npos ? std::string_view{} : address.substr(at + 1);
}

/// `member` is an address, or "@domain" for everybody there.
bool is_member(std::string_view member, const std::string& address) {
  const auto wanted = lower(member);
  if (!wanted.starts_with('@')) return wanted == address;
  return domain_of(address) == std::string_view(wanted).substr(1);
}

bool is_listed(const std::vector<std::string>& members, const std::string& address) {
  return !address.empty() && std::any_of(members.begin(), members.end(), [&](const auto& member) {
    return is_member(member, address);
  });
}

class Applicability {
 public:
  Applicability(const PolicySet& set, const Facts& facts)
      : set_(set),
        facts_(facts),
        sender_(lower(facts.sender)),
        domain_(domain_of(lower(facts.recipient))) {}

  bool applies(const Rule& rule) const {
    const auto& directions = rule.destination.directions;
    if (std::find(directions.begin(), directions.end(), facts_.direction) == directions.end()) {
      return false;
    }
    const auto& to = rule.destination;
    if (!to.domains.empty() && !is_destination(to.domains)) return false;
    if (is_destination(to.except)) return false;
    if (!rule.source.from.empty() && !is_source(rule.source.from)) return false;
    return !is_source(rule.source.except);
  }

 private:
  bool is_destination(const std::vector<std::string>& domains) const {
    return std::any_of(domains.begin(), domains.end(), [&](const auto& pattern) {
      const auto wanted = lower(pattern);
      if (wanted == "*") return true;
      if (!wanted.starts_with("*.")) return wanted == domain_;
      return domain_.size() > wanted.size() - 1 && domain_.ends_with(wanted.substr(1));
    });
  }

  bool is_source(const Parties& parties) const {
    if (is_listed(parties.users, sender_)) return true;
    for (const auto& group : set_.groups) {
      const auto& names = parties.groups;
      if (std::find(names.begin(), names.end(), group.name) == names.end()) continue;
      if (is_listed(group.members, sender_)) return true;
    }
    return std::any_of(parties.computers.begin(), parties.computers.end(),
                       [&](const auto& network) { return network.contains(facts_.client); });
  }

  const PolicySet& set_;
  const Facts& facts_;
  std::string sender_;
  std::string domain_;
};

}  // namespace

Engine::Engine(PolicySet deployed, message::MimeLimits limits)
    : deployed_(std::move(deployed)),
      limits_(limits),
      compiled_(std::make_unique<const Compiled>(compile(deployed_))) {}

Engine::~Engine() = default;

Findings Engine::examine(std::string_view message) const {
  if (compiled_->rules.empty()) return {};
  return Examination(*compiled_, message, limits_).findings();
}

Incident Engine::incident(const MatchedRule& matched, bool enforced) const {
  const auto& policy = deployed_.policies[matched.policy];
  const auto& rule = policy.rules[matched.rule];
  Incident made{.policy = policy.name,
                .policy_description = policy.description,
                .rule = rule.name,
                .rule_description = rule.description,
                .severity = rule.severity,
                .plan = rule.plan,
                .action = rule.action,
                .enforced = enforced,
                .condition = matched.condition,
                .where = matched.where,
                .notify = {}};
  for (const auto& owner : policy.owners) {
    for (const auto& one : deployed_.administrators) {
      if (one.name == owner) made.notify.push_back(one.address);
    }
  }
  return made;
}

Decision Engine::decide(const Findings& findings, const Facts& facts) const {
  const Applicability applicability(deployed_, facts);
  const bool enforced = deployed_.mode(facts.direction) == Mode::enforce;
  Decision decision;
  for (const auto& matched : findings.rules) {
    const auto& rule = deployed_.policies[matched.policy].rules[matched.rule];
    if (!applicability.applies(rule)) continue;
    decision.incidents.push_back(incident(matched, enforced));
    if (!enforced || (decision.decisive >= 0 && rule.action <= decision.action)) continue;
    decision.action = rule.action;
    decision.decisive = static_cast<int>(decision.incidents.size()) - 1;
  }
  if (findings.exception.empty() || !enforced) return decision;
  for (const auto& rule : compiled_->rules) {
    if (!applicability.applies(deployed_.policies[rule.policy].rules[rule.rule])) continue;
    decision.exception = findings.exception;
    break;
  }
  return decision;
}

}  // namespace sealgate::policy
