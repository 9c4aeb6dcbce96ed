// One rule of a content policy. Internal to this folder.
#pragma once

#include <cstdint>
#include <string>

#include "reference/policy/policy.hpp"
#include "reference/syntax/diagnostic.hpp"
#include "reference/syntax/node.hpp"

namespace sealgate::settings {

inline constexpr std::int64_t weight_max = 1'000'000;  ///< also of a threshold, times a thousand

policy::Direction direction_from(const std::string& word);
policy::Action action_from(const std::string& word);

/// An error when the argument could be found nowhere: it is empty, or blanks.
void check_phrase(const syntax::Node& node, std::string_view argument,
                  syntax::Diagnostics& diagnostics);

/// `node` is a rule, or a policy in the short form; `resources` holds what rules refer to.
policy::Rule read_rule(const syntax::Node& node, std::string name,
                       const policy::PolicySet& resources, syntax::Diagnostics& diagnostics);

}  // namespace sealgate::settings
