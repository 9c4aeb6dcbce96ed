// Whose policies are whose (DLP-02): owners may view and edit theirs, nobody else; a policy without
// owners is every administrator's. Pure.
//
// A policy is edited, too, by whoever changes what it refers to: its plan, a dictionary, a group.
#pragma once

#include <string>
#include <string_view>

#include "reference/policy/policy.hpp"

namespace sealgate::policy {

/// Why this administrator may not make `after` of `before`: "the policy 'Board' belongs to carol:
/// dave may not change it". Empty: this one may.
std::string edit_refusal(const PolicySet& before, const PolicySet& after,
                         std::string_view administrator);

}  // namespace sealgate::policy
