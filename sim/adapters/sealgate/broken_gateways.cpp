#include "sim/adapters/sealgate/broken_gateways.hpp"

#include <map>

namespace sealcheck::adapters {
namespace {

using sealgate::gateway::Decisions;
namespace encryption = sealgate::encryption;

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
  std::optional<host::WallTime> next_attempt(const sealgate::queue::RetryPolicy&, int,
                                             host::WallTime last_attempt,
                                             host::WallTime) const override {
    return last_attempt + std::chrono::days(365);
  }
};

}  // namespace

const Decisions* decisions_named(std::string_view name) {
  static const FallsBackToPlainText falls_back_to_plain_text;
  static const NeverRetries never_retries;
  static const std::map<std::string_view, const Decisions*> table{
      {"sealgate", &sealgate::gateway::reference_decisions()},
      {"falls-back-to-plain-text", &falls_back_to_plain_text},
      {"never-retries", &never_retries},
  };
  const auto found = table.find(name);
  return found == table.end() ? nullptr : found->second;
}

}  // namespace sealcheck::adapters
