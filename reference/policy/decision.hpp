// What the deployed policies decide about one recipient of one message, and why.
//
// Texts in here may be logged and queued: they name the policy's own words, and of the message only
// places (a part's number, its media type, an offset), never what stands there.
#pragma once

#include <string>
#include <vector>

#include "reference/host/endpoint.hpp"
#include "reference/policy/policy.hpp"

namespace sealgate::policy {

/// Who sends to whom. Addresses as in the envelope, without angle brackets; the null sender is
/// empty.
struct Facts {
  Direction direction = Direction::outbound;
  std::string sender;
  std::string recipient;
  host::Address client;
};

/// A rule that matched and applies.
struct Incident {
  std::string policy;
  std::string policy_description;
  std::string rule;
  std::string rule_description;
  Severity severity = Severity::medium;
  std::string plan;  ///< empty: the rule's own action
  Action action = Action::permit;
  bool enforced = true;             ///< false: the direction is only monitored (RUL-16)
  std::string condition;            ///< the first that was met: `subject contains "confidential"`
  std::string where;                ///< "part 1.2 (text/html), offset 310"
  std::vector<std::string> notify;  ///< the owners' addresses (DLP-02)
};

struct Decision {
  /// The most severe action that is enforced, in the order drop, quarantine, encrypt, permit.
  Action action = Action::permit;
  /// Whose it is: the first in the order of the policies, among equals; -1: no rule's.
  int decisive = -1;
  std::vector<Incident> incidents;  ///< in the order of the policies
  /// Which bound the message passes, where an enforced rule would have had to look at it: it must
  /// not go on as if it were clean, whatever `action` says. Empty: none.
  std::string exception;

  const Incident* decided_by() const {
    return decisive < 0 ? nullptr : &incidents[static_cast<std::size_t>(decisive)];
  }
};

/// For the queue and the log: `encrypt by "Confidential": subject contains "confidential" (subject,
/// offset 4)`, "permit: no policy matched"; a rule with a name of its own is named too, what is
/// only monitored follows.
std::string explain(const Decision& decision);

}  // namespace sealgate::policy
