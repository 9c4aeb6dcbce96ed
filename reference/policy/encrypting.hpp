// Which policies designate other mail than outbound for encryption: with the hybrid service none
// may (HYB-24). Pure.
#pragma once

#include "reference/policy/policy.hpp"

namespace sealgate::policy {

/// The first policy with a rule whose action, or whose plan's, is encrypt, and whose destination
/// has another direction than outbound; null: there is none. Lives as long as the set.
const Policy* encrypts_beyond_outbound(const PolicySet& set);

}  // namespace sealgate::policy
