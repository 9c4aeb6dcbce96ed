// Gateways that are wrong about the order of things: which host, which method, which moment. Each
// remembers what a decision of the reference never does.
#include <atomic>
#include <map>
#include <tuple>

#include <openssl/ssl.h>

#include "sim/adapters/sealgate/broken_methods.hpp"

namespace sealcheck::adapters {
namespace {

using sealgate::encryption::AfterTlsFailure;
using sealgate::encryption::Demand;
using sealgate::encryption::Failure;
using sealgate::encryption::Plan;
using sealgate::encryption::RecipientFacts;
using sealgate::gateway::Decisions;
namespace queue = sealgate::queue;
namespace settings = sealgate::settings;
namespace tls = sealgate::tls;

// TLS-M-07, RUL-18: where TLS has failed once, it is not asked for again.
class TriesTlsOnce final : public Decisions {
 public:
  Plan plan_for(const RecipientFacts& recipient,
                const settings::Encryption& enabled) const override {
    return failed_ ? Plan{Demand::plain} : Decisions::plan_for(recipient, enabled);
  }
  AfterTlsFailure after_failure(Demand demand, Failure failure) const override {
    failed_ = true;
    return Decisions::after_failure(demand, failure);
  }

 private:
  mutable std::atomic<bool> failed_ = false;
};

// RUL-35: what is queued keeps the moment that it was given first. On the queue executor only.
class KeepsTheFirstSchedule final : public Decisions {
 public:
  std::optional<host::WallTime> next_attempt(const queue::RetryPolicy& policy, int attempts_made,
                                             host::WallTime last_attempt,
                                             host::WallTime first_queued) const override {
    const auto now = Decisions::next_attempt(policy, attempts_made, last_attempt, first_queued);
    return given_.try_emplace({attempts_made, last_attempt, first_queued}, now).first->second;
  }

 private:
  using Attempt = std::tuple<int, host::WallTime, host::WallTime>;
  mutable std::map<Attempt, std::optional<host::WallTime>> given_;
};

// TLS-08, RUL-01: a suite without encryption is a suite.
class SealsWithNothing final : public Decisions {
 public:
  void prepare_client(SSL_CTX* context) const override {
    SSL_CTX_set_cipher_list(context, "ALL:eNULL:@SECLEVEL=0");
  }
  std::optional<tls::Weakness> weakness_of(const tls::Negotiated&,
                                           const settings::Tls&) const override {
    return std::nullopt;
  }
};

}  // namespace

const Decisions& tries_tls_once() {
  static const TriesTlsOnce decisions;
  return decisions;
}
const Decisions& keeps_the_first_schedule() {
  static const KeepsTheFirstSchedule decisions;
  return decisions;
}
const Decisions& seals_with_nothing() {
  static const SealsWithNothing decisions;
  return decisions;
}

}  // namespace sealcheck::adapters
