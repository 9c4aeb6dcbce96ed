#include "sim/adapters/sealgate/broken_policies.hpp"

namespace sealcheck::adapters {
namespace {

using sealgate::gateway::Decisions;
namespace encryption = sealgate::encryption;
namespace policy = sealgate::policy;

/// Decides as sealgate does, and then something else.
class Twisted : public Decisions {
 public:
  policy::Decision decide(const policy::Engine& policies, const policy::Findings& findings,
                          const policy::Facts& facts) const override {
    auto decision = Decisions::decide(policies, findings, seen(facts));
    twist(decision, facts);
    return decision;
  }

 protected:
  virtual policy::Facts seen(const policy::Facts& facts) const { return facts; }
  virtual void twist(policy::Decision&, const policy::Facts&) const {}
};

// RUL-16 the other way round: what is only monitored is done.
class EnforcesWhatIsMonitored final : public Twisted {
  void twist(policy::Decision& decision, const policy::Facts&) const override {
    for (std::size_t i = 0; i < decision.incidents.size(); ++i) {
      if (decision.incidents[i].action <= decision.action) continue;
      decision.action = decision.incidents[i].action;
      decision.decisive = static_cast<int>(i);
    }
  }
};

// Takes all mail for outbound.
class MixesUpDirections final : public Twisted {
  policy::Facts seen(const policy::Facts& facts) const override {
    auto seen = facts;
    seen.direction = policy::Direction::outbound;
    return seen;
  }
};

// What could not be looked through goes on as if it had been.
class PassesExceptions final : public Twisted {
  void twist(policy::Decision& decision, const policy::Facts&) const override {
    decision.exception.clear();
  }
};

// The policy holds for bob, and carol is forgotten.
class ForgetsARecipient final : public Twisted {
  void twist(policy::Decision& decision, const policy::Facts& facts) const override {
    if (facts.recipient.starts_with("carol")) decision = {};
  }
};

// Throws away what was only to be held.
class DropsWhatIsToBeHeld final : public Twisted {
  void twist(policy::Decision& decision, const policy::Facts&) const override {
    if (decision.action == policy::Action::quarantine) decision.action = policy::Action::drop;
  }
};

// Nobody who owns a policy learns that it was triggered.
class TellsNoOwner final : public Twisted {
  void twist(policy::Decision& decision, const policy::Facts&) const override {
    for (auto& incident : decision.incidents) incident.notify.clear();
  }
};

// Tells the owners more than they may know where it can be read on the way.
class TellsOwnersTheMessage final : public Decisions {
  std::vector<policy::OwnerNotice> owner_notices(const std::vector<policy::Incident>& incidents,
                                                 const policy::NoticeFacts& facts,
                                                 std::string_view message) const override {
    auto notices = Decisions::owner_notices(incidents, facts, message);
    for (auto& notice : notices) notice.content += "\r\nIt reads:\r\n" + std::string(message);
    return notices;
  }
};

// RUL-15 the other way round: without a method it takes the route.
class SendsWhatNoMethodSeals final : public Decisions {
  encryption::Plan plan_for(const encryption::RecipientFacts& recipient,
                            const sealgate::settings::Encryption& enabled) const override {
    auto facts = recipient;
    if (!enabled.tls) facts.marked_encrypt = false;
    return Decisions::plan_for(facts, enabled);
  }
};

// A draft is in force before anybody deploys it.
void deploy_drafts(sealgate::settings::Settings& settings) {
  for (auto& draft : settings.policies.policies) draft.deployed = true;
}

}  // namespace

const std::vector<BrokenPolicy>& broken_policies() {
  static const EnforcesWhatIsMonitored enforces_what_is_monitored;
  static const MixesUpDirections mixes_up_directions;
  static const PassesExceptions passes_exceptions;
  static const ForgetsARecipient forgets_a_recipient;
  static const DropsWhatIsToBeHeld drops_what_is_to_be_held;
  static const TellsNoOwner tells_no_owner;
  static const TellsOwnersTheMessage tells_owners_the_message;
  static const SendsWhatNoMethodSeals sends_what_no_method_seals;
  static const std::vector<BrokenPolicy> all{
      {"deploys-drafts", nullptr, deploy_drafts},
      {"drops-what-is-to-be-held", &drops_what_is_to_be_held},
      {"enforces-what-is-monitored", &enforces_what_is_monitored},
      {"forgets-a-recipient", &forgets_a_recipient},
      {"mixes-up-directions", &mixes_up_directions},
      {"passes-exceptions", &passes_exceptions},
      {"sends-what-no-method-seals", &sends_what_no_method_seals},
      {"tells-no-owner", &tells_no_owner},
      {"tells-owners-the-message", &tells_owners_the_message},
  };
  return all;
}

}  // namespace sealcheck::adapters
