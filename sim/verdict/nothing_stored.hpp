// The hybrid service keeps nothing of a message (HYB-16, RUL-22): in all that it ever wrote through
// its host's storage there is no canary of any message's content, and nothing of what it sealed.
//
// The ciphertext is known from the envelopes that mail exchangers received. Each file is looked
// through twice, in the same decodings as a wire (canary_search.hpp): its writes one behind the
// other in their order, and what stood around each write when it was made (file_image.hpp), so
// that a text is found that is spread over pages, whichever came first. That costs the octets
// written and a margin for each write: what is encoded at more than four times its length over a
// write's edge may be missed. Addresses are no evidence: an account has one.
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
