// Content policies of a settings text, and of the file in which the deployed ones are kept.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reference/policy/policy.hpp"
#include "reference/syntax/diagnostic.hpp"
#include "reference/syntax/node.hpp"

namespace sealgate::settings {

/// From the statements of the section "gateway": all that belongs to policies, the rest is passed
/// over. What contradicts or refers to nothing is an error that names the field and the reason: a
/// name that is taken, no condition, a pattern that does not compile, an unknown plan.
policy::PolicySet read_policies(const std::vector<syntax::Node>& nodes,
                                syntax::Diagnostics& diagnostics);

/// Whether a statement of policies is among them.
bool speak_of_policies(const std::vector<syntax::Node>& nodes);

/// What policy::to_text() wrote; none, with diagnostics, when it is anything else.
std::optional<policy::PolicySet> parse_policies(std::string name, std::string text,
                                                syntax::Diagnostics& diagnostics);

}  // namespace sealgate::settings
