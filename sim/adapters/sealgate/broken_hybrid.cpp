#include "sim/adapters/sealgate/broken_hybrid.hpp"

#include <atomic>
#include <map>

namespace sealcheck::adapters {
namespace {

using sealgate::encryption::Demand;
using sealgate::encryption::FirstMethod;
using sealgate::encryption::Leg;
using sealgate::encryption::LegOrUnavailable;
using sealgate::encryption::Plan;
using sealgate::encryption::RecipientFacts;
using sealgate::gateway::Decisions;
using sealgate::message::Direction;
namespace encryption = sealgate::encryption;
namespace policy = sealgate::policy;
namespace settings = sealgate::settings;

// --- when the service is asked ---

// HYB-06, RUL-05: the service, and TLS only where that fails.
class AsksTheServiceFirst final : public Decisions {
 public:
  Plan plan_for(const RecipientFacts& recipient,
                const settings::Encryption& enabled) const override {
    auto plan = Decisions::plan_for(recipient, enabled);
    if (plan.second) std::swap(plan.demand, *plan.second);
    return plan;
  }
};

// HYB-07: TLS or nothing.
class NeverAsksTheService final : public Decisions {
 public:
  bool second_follows(const FirstMethod&) const override { return false; }
};

// RUL-03: whoever cannot be reached has failed of TLS.
class TakesNoConnectionForAFailureOfTls final : public Decisions {
 public:
  bool second_follows(const FirstMethod& first) const override {
    return first.unreached || Decisions::second_follows(first);
  }
};

// RUL-18: where the service had to be asked once, TLS is not tried again.
class RemembersThatTlsFailed final : public Decisions {
 public:
  Plan plan_for(const RecipientFacts& recipient,
                const settings::Encryption& enabled) const override {
    const auto plan = Decisions::plan_for(recipient, enabled);
    return plan.second && failed_ ? Plan{*plan.second} : plan;
  }
  bool second_follows(const FirstMethod& first) const override {
    failed_ = Decisions::second_follows(first);
    return failed_;
  }

 private:
  mutable std::atomic<bool> failed_ = false;
};

// HYB-21, HYB-22: other mail than outbound is the service's too.
template <Direction direction>
class SendsAllOf final : public Decisions {
 public:
  Plan plan_for(const RecipientFacts& recipient,
                const settings::Encryption& enabled) const override {
    return recipient.direction == direction ? Plan{Demand::hybrid}
                                            : Decisions::plan_for(recipient, enabled);
  }
};

// --- how it is spoken to, and whether it may be ---

template <auto alter>
class SpeaksOtherwise final : public Decisions {
 public:
  LegOrUnavailable hybrid_leg(const settings::Hybrid& service,
                              const policy::PolicySet& deployed) const override {
    auto said = Decisions::hybrid_leg(service, deployed);
    if (auto* leg = std::get_if<Leg>(&said)) alter(*leg);
    return said;
  }
};

// HYB-09.
constexpr auto in_clear = [](Leg& leg) { leg.tls = Demand::plain; };
// HYB-10.
constexpr auto in_clear_at_need = [](Leg& leg) { leg.tls = Demand::opportunistic_tls; };
// RUL-10, CRT-06.
constexpr auto without_certificate = [](Leg& leg) { leg.client_certificate = false; };
// RUL-22.
constexpr auto several_at_once = [](Leg& leg) { leg.one_recipient = false; };

// HYB-01 to HYB-04: it has bought everything.
class IgnoresWhatIsMissing final : public Decisions {
 public:
  LegOrUnavailable hybrid_leg(const settings::Hybrid& service,
                              const policy::PolicySet& deployed) const override {
    auto complete = service;
    complete.anywhere = complete.add_on = complete.registered = true;
    complete.enabled = complete.account_enabled = true;
    return Decisions::hybrid_leg(complete, deployed);
  }
};

// HYB-24, HYB-25.
class IgnoresThePolicies final : public Decisions {
 public:
  LegOrUnavailable hybrid_leg(const settings::Hybrid& service,
                              const policy::PolicySet&) const override {
    return Decisions::hybrid_leg(service, {});
  }
};

// HYB-24: it may be selected whatever is in force.
class SelectsTheServiceRegardless final : public Decisions {
 public:
  std::optional<std::string> hybrid_objection(const settings::Encryption&,
                                              const policy::PolicySet&) const override {
    return std::nullopt;
  }
};

// RUL-15: what the service cannot take goes where all mail goes.
class GoesByRouteWithoutTheService final : public Decisions {
 public:
  LegOrUnavailable hybrid_leg(const settings::Hybrid& service,
                              const policy::PolicySet& deployed) const override {
    auto said = Decisions::hybrid_leg(service, deployed);
    if (std::holds_alternative<Leg>(said)) return said;
    return encryption::direct_leg(Demand::plain);
  }
};

// --- decryption ---

// HYB-30, HYB-31, RUL-24: whoever says so has decrypted.
class BelievesAnyDecryptionHeader final : public Decisions {
 public:
  encryption::DecryptionFindings read_decryption(const settings::Settings&, const host::Address&,
                                                 std::string&) const override {
    return {};
  }
};

// HYB-23: nothing is forwarded.
class DecryptsNothing final : public Decisions {
 public:
  bool needs_decryption(const settings::Decryption&, const encryption::DecryptionFindings&,
                        std::string_view) const override {
    return false;
  }
};

// HYB-23: and everything that is still encrypted, again.
class ForwardsForEver final : public Decisions {
 public:
  bool needs_decryption(const settings::Decryption& decryption,
                        const encryption::DecryptionFindings&,
                        std::string_view message) const override {
    return Decisions::needs_decryption(decryption, {}, message);
  }
};

// HYB-32: who has decrypted a message has looked at it. Set and asked within one reception.
class AnalysesNothingDecrypted final : public Decisions {
 public:
  encryption::DecryptionFindings read_decryption(const settings::Settings& settings,
                                                 const host::Address& client,
                                                 std::string& message) const override {
    auto found = Decisions::read_decryption(settings, client, message);
    trusted_ = !found.said.empty();
    return found;
  }
  policy::Decision decide(const policy::Engine& policies, const policy::Findings& findings,
                          const policy::Facts& facts) const override {
    return trusted_ ? policy::Decision{} : Decisions::decide(policies, findings, facts);
  }

 private:
  mutable std::atomic<bool> trusted_ = false;
};

// HYB-33.
void decrypt_unasked(settings::Settings& read) {
  if (!read.decryption.gateway)
    read.decryption.gateway = settings::DecryptionGateway{{}, {{"decrypt.corp.test", 25, 10}}};
}
// HYB-29: decryption by the service is enabled, and what it says is taken for a stranger's word.
void mistrust_the_service(settings::Settings& read) {
  if (read.decryption.service) read.decryption.service->group.clear();
}
// RUL-14: whatever was agreed on, it looks for the one header that it knows.
void know_one_decryption_header(settings::Settings& read) {
  if (!read.decryption.service) return;
  read.decryption.service->success = {"X-Hybrid-Decryption", "success"};
  read.decryption.service->failure = {"X-Hybrid-Decryption", "failed"};
}
// HYB-05.
void forget_the_other_method(settings::Settings& read) {
  read.encryption.other = settings::OtherMethod::none;
}

template <class Wrong>
Build with() {
  static const Wrong wrong;
  return {.decisions = &wrong};
}

}  // namespace

std::optional<Build> broken_hybrid(std::string_view name) {
  static const std::map<std::string_view, Build> table{
      {"analyses-nothing-decrypted", with<AnalysesNothingDecrypted>()},
      {"asks-the-service-first", with<AsksTheServiceFirst>()},
      {"believes-any-decryption-header", with<BelievesAnyDecryptionHeader>()},
      {"decrypts-nothing", with<DecryptsNothing>()},
      {"decrypts-unasked", {.misread = decrypt_unasked}},
      {"forgets-the-other-method", {.misread = forget_the_other_method}},
      {"forwards-for-ever", with<ForwardsForEver>()},
      {"goes-by-route-without-the-service", with<GoesByRouteWithoutTheService>()},
      {"hands-over-in-clear", with<SpeaksOtherwise<in_clear>>()},
      {"hands-over-in-clear-at-need", with<SpeaksOtherwise<in_clear_at_need>>()},
      {"hands-over-several-at-once", with<SpeaksOtherwise<several_at_once>>()},
      {"hides-its-certificate", with<SpeaksOtherwise<without_certificate>>()},
      {"ignores-the-policies", with<IgnoresThePolicies>()},
      {"ignores-what-is-missing", with<IgnoresWhatIsMissing>()},
      {"knows-one-decryption-header", {.misread = know_one_decryption_header}},
      {"mistrusts-the-service", {.misread = mistrust_the_service}},
      {"never-asks-the-service", with<NeverAsksTheService>()},
      {"remembers-that-tls-failed", with<RemembersThatTlsFailed>()},
      {"selects-the-service-regardless", with<SelectsTheServiceRegardless>()},
      {"sends-the-service-inbound-mail", with<SendsAllOf<Direction::inbound>>()},
      {"sends-the-service-internal-mail", with<SendsAllOf<Direction::internal>>()},
      {"takes-no-connection-for-a-failure", with<TakesNoConnectionForAFailureOfTls>()},
      {"warns-of-nothing", {.warns_of_nothing = true}},
  };
  const auto found = table.find(name);
  return found == table.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace sealcheck::adapters
