#include "sim/adapters/sealgate/broken_gateways.hpp"

#include <unistd.h>

#include <map>

#include "sim/adapters/sealgate/broken_administration.hpp"
#include "sim/adapters/sealgate/broken_decisions.hpp"
#include "sim/adapters/sealgate/broken_hybrid.hpp"
#include "sim/adapters/sealgate/broken_machines.hpp"
#include "sim/adapters/sealgate/broken_methods.hpp"
#include "sim/adapters/sealgate/broken_policies.hpp"
#include "sim/adapters/sealgate/broken_third_party.hpp"
#include "sim/adapters/sealgate/broken_tls.hpp"

namespace sealcheck::adapters {
namespace {

using sealgate::gateway::Decisions;
namespace encryption = sealgate::encryption;
namespace queue = sealgate::queue;
namespace settings = sealgate::settings;

// Delays for ever: the message is safe and never arrives.
class NeverRetries final : public Decisions {
 public:
  std::optional<host::WallTime> next_attempt(const queue::RetryPolicy&, int,
                                             host::WallTime last_attempt,
                                             host::WallTime) const override {
    return last_attempt + std::chrono::days(365);
  }
};

// Counts the retry interval in minutes of twenty seconds.
class RetriesTooEarly final : public Decisions {
 public:
  std::optional<host::WallTime> next_attempt(const queue::RetryPolicy& policy, int,
                                             host::WallTime last_attempt,
                                             host::WallTime) const override {
    return last_attempt + policy.interval / 3;
  }
};

// Waits for something that never comes, inside of one event.
class Hangs final : public Decisions {
 public:
  encryption::Plan plan_for(const encryption::RecipientFacts&,
                            const settings::Encryption&) const override {
    for (;;) ::pause();
  }
};

// Asks every quarter of an hour, whatever interval was set.
void keep_the_interval(settings::Settings& read) {
  read.delivery.retry.interval = std::chrono::minutes(15);
}

// Has patience for a year.
void never_give_up(settings::Settings& read) {
  read.delivery.retry.max_period = std::chrono::days(365);
}

// Loses the mark on the one method that is enabled.
void forget_the_method(settings::Settings& read) {
  read.encryption.tls = false;
}

// Does not ask for TLS where it has to.
void require_tls_from_nobody(settings::Settings& read) {
  read.inbound_tls = {};
}

Build with(const Decisions& decisions) {
  return {.decisions = &decisions};
}

Build on(std::unique_ptr<host::Host> (*wrap)(host::Host&)) {
  return {.wrap = wrap};
}

}  // namespace

std::optional<Build> build_named(std::string_view name) {
  static const Hangs hangs;
  static const NeverRetries never_retries;
  static const RetriesTooEarly retries_too_early;
  static const std::map<std::string_view, Build> table{
      {"sealgate", {}},
      {"accepts-a-peer-without-credentials", broken_tls("accepts-a-peer-without-credentials")},
      {"accepts-another-name", broken_tls("accepts-another-name")},
      {"accepts-weak-ciphers", broken_tls("accepts-weak-ciphers")},
      {"acknowledges-before-the-disk-had-it", on(lying_disk)},
      {"adds-what-was-typed", {.misperform = add_what_was_typed}},
      {"applies-on-cancel", {.misperform = apply_on_cancel}},
      {"answers-reports-with-reports", with(answers_reports_with_reports())},
      {"asks-one-mail-host", on(one_mail_host)},
      {"delivers-twice", on(repeating_network)},
      {"asks-for-tls-unmarked", broken_tls("asks-for-tls-unmarked")},
      {"comes-without-encryption", broken_tls("comes-without-encryption")},
      {"deploys-whatever-is-answered", {.deploys_whatever_is_answered = true}},
      {"draws-on-an-address", on(unseeded_entropy)},
      {"encrypts-in-any-version", {.misperform = encrypt_in_any_version}},
      {"falls-back-after-a-loss", broken_tls("falls-back-after-a-loss")},
      {"falls-back-to-plain-text", broken_tls("falls-back-to-plain-text")},
      {"fills-the-log", on(chattering_timers)},
      {"forgets-the-certificate", on(certificate_forgetting_disk)},
      {"forgets-the-method", {.misread = forget_the_method}},
      {"forgets-the-policy", broken_tls("forgets-the-policy")},
      {"gives-up-at-once", broken_tls("gives-up-at-once")},
      {"goes-on-after-a-refusal", on(going_on_after_a_refusal)},
      {"goes-by-route-without-a-method", broken_tls("goes-by-route-without-a-method")},
      {"hangs", with(hangs)},
      {"has-no-console", {.has_no_console = true}},
      {"hides-starttls", on(no_starttls)},
      {"ignores-the-box", broken_tls("ignores-the-box")},
      {"ignores-the-versions", broken_tls("ignores-the-versions")},
      {"insists-on-tls", broken_tls("insists-on-tls")},
      {"keeps-its-first-settings", {.misperform = keep_first_settings}},
      {"imports-after-a-no", {.misperform = import_after_a_no}},
      {"keeps-the-other-method", {.misperform = keep_the_other_method}},
      {"keeps-the-old-certificate", {.misperform = keep_the_old_certificate}},
      {"keeps-the-first-schedule", with(keeps_the_first_schedule())},
      {"keeps-the-retry-interval", {.misread = keep_the_interval}},
      {"leaks-body-base64-encoded", on(leak_of_the_body)},
      {"leaks-subject-into-the-log", on(leak_into_the_log)},
      {"lets-mail-in-without-tls", {.misread = require_tls_from_nobody}},
      {"lets-anybody-edit", {.lets_anybody_edit = true}},
      {"lets-the-box-decide", broken_tls("lets-the-box-decide")},
      {"loops", on(forgetful_reception)},
      {"loses-a-message", on(losing_disk)},
      {"names-another-queue", on(misplacing_disk)},
      {"never-gives-up", {.misread = never_give_up}},
      {"never-rests", on(restless_timers)},
      {"never-retries", with(never_retries)},
      {"relays-for-anybody", with(open_relay())},
      {"retries-too-early", with(retries_too_early)},
      {"returns-sealed-mail-in-clear", with(returns_sealed_mail_in_clear())},
      {"seals-with-nothing", with(seals_with_nothing())},
      {"sends-envelope-before-starttls", on(leak_of_the_envelope)},
      {"takes-any-header", {.misperform = take_any_header}},
      {"takes-any-method", {.misperform = take_any_method}},
      {"takes-long-passwords", {.misperform = take_long_passwords}},
      {"tells-nobody", with(tells_nobody())},
      {"takes-a-missing-offer-for-consent", broken_tls("takes-a-missing-offer-for-consent")},
      {"tries-tls-once", with(tries_tls_once())},
      {"turns-in-circles", on(timers_at_zero)},
      {"visits-the-portal", on(visits_to_the_portal)},
  };
  for (const auto* all : {&broken_policies(), &broken_rules(), &broken_third_party()}) {
    for (const auto& broken : *all) {
      if (broken.name != name) continue;
      Build build{.misread = broken.misread};
      if (broken.decisions) build.decisions = broken.decisions;
      return build;
    }
  }
  const auto found = table.find(name);
  return found == table.end() ? broken_hybrid(name) : std::optional(found->second);
}

}  // namespace sealcheck::adapters
