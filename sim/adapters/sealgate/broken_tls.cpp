#include "sim/adapters/sealgate/broken_tls.hpp"

#include <openssl/ssl.h>

#include <cassert>
#include <map>

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

// --- what is done when TLS fails ---

// TLS-M-03: treats mandatory TLS as opportunistic, so that the message leaves in clear.
class FallsBackToPlainText final : public Decisions {
 public:
  AfterTlsFailure after_failure(Demand, Failure failure) const override {
    return Decisions::after_failure(Demand::opportunistic_tls, failure);
  }
};

// RUL-03: a connection that breaks after the handshake counts as a failed handshake.
class FallsBackAfterALoss final : public Decisions {
 public:
  AfterTlsFailure after_failure(Demand demand, Failure failure) const override {
    return Decisions::after_failure(
        demand, failure == Failure::connection_lost ? Failure::handshake_failed : failure);
  }
};

// TLS-M-09: whoever offers no STARTTLS wants none.
class TakesAMissingOfferForConsent final : public Decisions {
 public:
  AfterTlsFailure after_failure(Demand demand, Failure failure) const override {
    return failure == Failure::starttls_not_offered ? AfterTlsFailure::plain_text_on_new_connection
                                                    : Decisions::after_failure(demand, failure);
  }
};

// TLS-O-04: opportunistic TLS is mandatory.
class InsistsOnTls final : public Decisions {
 public:
  AfterTlsFailure after_failure(Demand, Failure) const override {
    return AfterTlsFailure::give_up_host;
  }
};

// TLS-M-04: what fails once is undeliverable.
class GivesUpAtOnce final : public Decisions {
 public:
  std::optional<host::WallTime> next_attempt(const queue::RetryPolicy&, int, host::WallTime,
                                             host::WallTime) const override {
    return std::nullopt;
  }
};

// --- which method ---

template <auto alter>
class Misjudges final : public Decisions {
 public:
  Plan plan_for(const RecipientFacts& recipient,
                const settings::Encryption& enabled) const override {
    auto facts = recipient;
    auto methods = enabled;
    alter(facts, methods);
    return Decisions::plan_for(facts, methods);
  }
};

// TLS-O-06, TLS-O-09.
constexpr auto box_is_marked = [](RecipientFacts& facts, settings::Encryption&) {
  facts.route_box = true;
};
// TLS-05, TLS-O-01, TLS-O-03.
constexpr auto box_is_unmarked = [](RecipientFacts& facts, settings::Encryption&) {
  facts.route_box = false;
};
// TLS-M-01.
constexpr auto nothing_is_marked = [](RecipientFacts& facts, settings::Encryption&) {
  facts.marked_encrypt = false;
};
// RUL-17.
constexpr auto box_decides = [](RecipientFacts& facts, settings::Encryption&) {
  if (!facts.route_box) facts.marked_encrypt = false;
};
// RUL-15.
constexpr auto route_without_a_method = [](RecipientFacts& facts, settings::Encryption& methods) {
  if (!methods.tls) facts.marked_encrypt = false;
};

// --- what is acceptable ---

// TLS-O-08: anonymous suites will do.
class AcceptsAPeerWithoutCredentials final : public Decisions {
 public:
  void prepare_client(SSL_CTX* context) const override {
    SSL_CTX_set_cipher_list(context, "ALL:@SECLEVEL=0");
  }
  std::optional<tls::Weakness> weakness_of(const tls::Negotiated&,
                                           const settings::Tls&) const override {
    return std::nullopt;
  }
};

// TLS-06: 128 bits are enough, whatever is asked for.
void accept_weak_ciphers(settings::Settings& read) {
  read.tls.strength_bits_min = 128;
}
// TLS-02, RUL-33.
void ignore_the_versions(settings::Settings& read) {
  read.tls.version_min = settings::TlsVersion::tls1_0;
  read.tls.version_max = settings::TlsVersion::tls1_3;
}
// RUL-04.
void accept_another_name(settings::Settings& read) {
  read.tls.level = settings::TlsLevel::encrypt;
}
// TLS-03.
void come_without_encryption(settings::Settings& read) {
  read.encryption.tls = false;
}

template <class Wrong>
Build with() {
  static const Wrong wrong;
  return {.decisions = &wrong};
}

Build reading(void (*misread)(settings::Settings&)) {
  return {.misread = misread};
}

}  // namespace

Build broken_tls(std::string_view name) {
  static const std::map<std::string_view, Build> table{
      {"accepts-a-peer-without-credentials", with<AcceptsAPeerWithoutCredentials>()},
      {"accepts-another-name", reading(accept_another_name)},
      {"accepts-weak-ciphers", reading(accept_weak_ciphers)},
      {"asks-for-tls-unmarked", with<Misjudges<box_is_marked>>()},
      {"comes-without-encryption", reading(come_without_encryption)},
      {"falls-back-after-a-loss", with<FallsBackAfterALoss>()},
      {"falls-back-to-plain-text", with<FallsBackToPlainText>()},
      {"forgets-the-policy", with<Misjudges<nothing_is_marked>>()},
      {"gives-up-at-once", with<GivesUpAtOnce>()},
      {"goes-by-route-without-a-method", with<Misjudges<route_without_a_method>>()},
      {"ignores-the-box", with<Misjudges<box_is_unmarked>>()},
      {"ignores-the-versions", reading(ignore_the_versions)},
      {"insists-on-tls", with<InsistsOnTls>()},
      {"lets-the-box-decide", with<Misjudges<box_decides>>()},
      {"takes-a-missing-offer-for-consent", with<TakesAMissingOfferForConsent>()},
  };
  const auto found = table.find(name);
  assert(found != table.end());
  return found->second;
}

}  // namespace sealcheck::adapters
