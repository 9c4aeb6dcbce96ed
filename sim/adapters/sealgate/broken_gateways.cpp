#include "sim/adapters/sealgate/broken_gateways.hpp"

#include <map>

#include "sim/adapters/sealgate/broken_machines.hpp"

namespace sealcheck::adapters {
namespace {

using sealgate::gateway::Decisions;
namespace encryption = sealgate::encryption;
namespace queue = sealgate::queue;
namespace settings = sealgate::settings;

// Treats mandatory TLS as opportunistic: the message leaves in clear.
class FallsBackToPlainText final : public Decisions {
 public:
  encryption::AfterTlsFailure after_tls_failure(encryption::Demand) const override {
    return encryption::AfterTlsFailure::plain_text_on_new_connection;
  }
};

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

// Waits for something that never comes, without ever giving its processor back.
class Hangs final : public Decisions {
 public:
  encryption::Plan plan_for(const encryption::RecipientFacts&,
                            const settings::Encryption&) const override {
    for (volatile bool waiting = true; waiting;) {
    }
    return {};
  }
};

// Takes 128 bits for enough, whatever is asked for.
void accept_weak_ciphers(settings::Settings& read) {
  read.tls.strength_bits_min = 128;
}

Build with(const Decisions& decisions) {
  return {.decisions = &decisions};
}

Build on(std::unique_ptr<host::Host> (*wrap)(host::Host&)) {
  return {.wrap = wrap};
}

}  // namespace

std::optional<Build> build_named(std::string_view name) {
  static const FallsBackToPlainText falls_back_to_plain_text;
  static const Hangs hangs;
  static const NeverRetries never_retries;
  static const RetriesTooEarly retries_too_early;
  static const std::map<std::string_view, Build> table{
      {"sealgate", {}},
      {"accepts-weak-ciphers", {.misread = accept_weak_ciphers}},
      {"acknowledges-before-the-disk-had-it", on(lying_disk)},
      {"delivers-twice", on(repeating_network)},
      {"draws-on-an-address", on(unseeded_entropy)},
      {"falls-back-to-plain-text", with(falls_back_to_plain_text)},
      {"fills-the-log", on(chattering_timers)},
      {"hangs", with(hangs)},
      {"leaks-body-base64-encoded", on(leak_of_the_body)},
      {"leaks-subject-into-the-log", on(leak_into_the_log)},
      {"loops", on(forgetful_reception)},
      {"loses-a-message", on(losing_disk)},
      {"never-rests", on(restless_timers)},
      {"never-retries", with(never_retries)},
      {"retries-too-early", with(retries_too_early)},
      {"sends-envelope-before-starttls", on(leak_of_the_envelope)},
      {"turns-in-circles", on(timers_at_zero)},
  };
  const auto found = table.find(name);
  return found == table.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace sealcheck::adapters
