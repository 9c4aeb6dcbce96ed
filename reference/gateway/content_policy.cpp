#include "reference/gateway/content_policy.hpp"

#include <algorithm>

namespace sealgate::gateway {
namespace {

void hold(queue::NewRecipient& recipient, std::string_view queue_name, std::string_view reason) {
  recipient.state = queue::RecipientState::held;
  recipient.queue_name = queue_name;
  recipient.reason = reason;
}

void add_decision(std::string& all, const std::string& one) {
  if (all.find(one) != std::string::npos) return;
  all += (all.empty() ? "" : "; ") + one;
}

}  // namespace

ContentPolicy::ContentPolicy(const Decisions& decisions, const policy::Engine& policies,
                             std::string_view content)
    : decisions_(decisions), policies_(policies), findings_(policies.examine(content)) {}

bool ContentPolicy::apply(queue::NewMessage& message, queue::NewRecipient& recipient,
                          const policy::Facts& facts) {
  const auto decision = decisions_.decide(policies_, findings_, facts);
  add_decision(message.decision, policy::explain(decision));
  incidents_.insert(incidents_.end(), decision.incidents.begin(), decision.incidents.end());
  if (!decision.exception.empty()) {
    hold(recipient, exception_queue, "exception");
  } else if (decision.action == policy::Action::quarantine) {
    hold(recipient, quarantine_queue, "quarantine");
  } else if (decision.action == policy::Action::drop) {
    hold(recipient, queue::dropped_queue, "drop");
  }
  // Held by an exception, it must not be released in clear if a rule already asks for encryption.
  const bool marked =
      decision.action == policy::Action::encrypt && facts.direction == policy::Direction::outbound;
  if (marked) message.encrypt = true;
  return marked;
}

void forget_dropped_content(queue::NewMessage& message) {
  const bool all = std::all_of(
      message.recipients.begin(), message.recipients.end(),
      [](const auto& recipient) { return recipient.queue_name == queue::dropped_queue; });
  if (all) message.content.clear();
}

}  // namespace sealgate::gateway
