// Deploying: from the drafts and what is in force to what is in force then, and what that changes.
// Pure; whoever calls it asks the administrator first (DLP-12), stores the outcome and puts it in
// force as a whole, or does none of it.
//
// Drafts are deployed all together, plans, dictionaries, groups, owners and modes with them
// (DLP-11: a change has no effect until then).
#pragma once

#include <string>
#include <vector>

#include "reference/policy/policy.hpp"

namespace sealgate::policy {

struct Change {
  enum class Kind { added, removed, changed };

  Kind kind = Kind::changed;
  std::string title;               ///< `policy "Confidential"`
  std::vector<std::string> lines;  ///< of its settings text: "- action permit", "+ action encrypt"
};
std::string to_text(const Change& change);

struct Deployment {
  PolicySet deployed;
  std::vector<Change> changes;  ///< none: there is nothing to deploy
};

Deployment deploy(const PolicySet& drafts, const PolicySet& deployed);

/// What is in force when a gateway starts for the first time: of the policies those whose draft
/// says `deployed`, and everything that they refer to.
PolicySet first_deployed(const PolicySet& drafts);

}  // namespace sealgate::policy
