// What must be sealed beyond a boundary shows on no wire beyond it, and its content in no log.
//
// For each message that `must be sealed beyond` something, each of its canaries is looked for in
// every TCP flow and datagram beyond the boundary (boundary.hpp), raw and decoded
// (canary_search.hpp); those of its content, not its addresses, also in the gateway's log. Beyond
// the encryption group a subject and the addresses may show: S/MIME seals what is in a message, not
// its header. A text that another message carries too (an address of a common sender) is evidence
// only where that one must not show it either. One failure for each canary, at its first sighting
// on a wire, and one in the log; one pass for a message none of whose canaries was seen, saying how
// much was looked at. A sealed message without any canary that could be evidence is an error:
// nothing was judged.
#pragma once

#include <vector>

#include "sim/plan/plan.hpp"
#include "sim/trace/event.hpp"
#include "sim/verdict/verdict.hpp"

namespace sealcheck::verdict {

/// Nothing when no message must be sealed.
std::vector<Assertion> judge_cleartext(const plan::Plan& plan,
                                       const std::vector<trace::Event>& events);

}  // namespace sealcheck::verdict
