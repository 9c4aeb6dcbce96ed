// Every choice that decides whether a message is protected, in one place, so that the lab can make
// one of them wrong and see that its judges notice. The defaults are the pure functions of
// encryption, tls and queue; nothing else overrides them, and no setting does.
//
// Const and without state: called from any executor. It must outlive the Gateway.
#pragma once

#include <optional>

#include "reference/encryption/method_order.hpp"
#include "reference/queue/retry_schedule.hpp"
#include "reference/tls/negotiated.hpp"

namespace sealgate::gateway {

class Decisions {
 public:
  virtual ~Decisions() = default;

  virtual encryption::Plan plan_for(const encryption::RecipientFacts& recipient,
                                    const settings::Encryption& enabled) const;

  virtual encryption::AfterTlsFailure after_tls_failure(encryption::Demand demand) const;

  /// None: acceptable.
  virtual std::optional<tls::Weakness> weakness_of(const tls::Negotiated& negotiated,
                                                   const settings::Tls& asked) const;

  /// As queue::next_attempt(); none: the retry period is over.
  virtual std::optional<host::WallTime> next_attempt(const queue::RetryPolicy& policy,
                                                     int attempts_made, host::WallTime last_attempt,
                                                     host::WallTime first_queued) const;
};

const Decisions& reference_decisions();

}  // namespace sealgate::gateway
