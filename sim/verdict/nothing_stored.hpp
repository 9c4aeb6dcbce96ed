// The hybrid service keeps nothing of a message (HYB-16, RUL-22): in all that it ever wrote through
// its host's storage there is no canary of any message's content, and nothing of what it sealed.
//
// The ciphertext is known from the envelopes that mail exchangers received. Each file is looked
// through as one, its writes in their order, in the same decodings as a wire (canary_search.hpp).
// Addresses are no evidence: an account has one.
#pragma once

#include <vector>

#include "sim/plan/plan.hpp"
#include "sim/trace/event.hpp"
#include "sim/verdict/verdict.hpp"

namespace sealcheck::verdict {

/// Nothing for a plan without the service.
std::vector<Assertion> judge_nothing_stored(const plan::Plan& plan,
                                            const std::vector<trace::Event>& events);

}  // namespace sealcheck::verdict
