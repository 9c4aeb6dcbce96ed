// Whether a gateway's settings hold a policy that drops mail, or drop what an encryption server
// could not encrypt: the reasons for which a message that was answered 250 may be nowhere. Reads
// the text that a plan carries (Gateway::configuration, the argument of an `apply`); what cannot be
// parsed holds none. Pure.
#pragma once

#include <string>

namespace sealcheck::plan {

enum class Policies {
  all,       ///< drafts too: what `deploy` puts in force
  deployed,  ///< what a gateway is installed with
};

bool may_drop(const std::string& configuration, Policies which);

}  // namespace sealcheck::plan
