// What an administrator should know about settings that are in order all the same: that the method
// which they select cannot be used yet. Pure. Internal to this folder.
#pragma once

#include <string>
#include <vector>

#include "reference/policy/policy.hpp"
#include "reference/settings/settings.hpp"

namespace sealgate::gateway {

/// One line each. `self_signed`: the certificate that the gateway presents.
std::vector<std::string> advice(const settings::Settings& settings,
                                const policy::PolicySet& deployed, bool self_signed);

}  // namespace sealgate::gateway
