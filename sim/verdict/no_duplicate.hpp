// No message reaches a recipient twice, beyond what SMTP cannot prevent (RFC 5321 section 4.5.4.1,
// RFC 1047): a client that did not get the answer to its final dot must send again.
//
// Of two deliveries of a message to a recipient, at one peer or two, the later is excused when the
// gateway may not have known of the earlier. That is so if, after the earlier one's smtp.message,
// - no further smtp.command came on its connection, and the connection was cut: its smtp.closed
//   says fault, reset, dropped, stopped or error, a tcp.reset of either end is on it, or the path
//   kept what the peer said (path.swallowed, path.stalled); or
// - the gateway's host was killed or lost power before the peer answered the final dot or within
//   crash_grace_ns after, so that it could not write the delivery down: unless it had begun another
//   transaction on that connection, before which it could; or
// - the peer's host died, no more than crash_grace_ns after it took the message and before another
//   command; or
// - the peer handed the message back (smtp.hand-back): that is one more to deliver.
// What an encryption server delivers itself is its affair: it had it from the gateway, and the
// gateway's hand-over is what counts here.
// An approximation to the gateway's side: a command that was sent ahead of the answer counts as a
// sign that the answer came, and a cut that came after the answer as one that came before it.
// A scenario submits each of its messages once; one submitted twice would be accused.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/plan/plan.hpp"
#include "sim/trace/event.hpp"
#include "sim/verdict/verdict.hpp"

namespace sealcheck::verdict {

/// How long a gateway may take to make a delivery durable: latency and one commit, generously.
inline constexpr std::int64_t crash_grace_ns = 1'000'000'000;

/// One failure for each delivery too many; else one pass.
std::vector<Assertion> judge_no_duplicate(const plan::Plan& plan,
                                          const std::vector<trace::Event>& events);

}  // namespace sealcheck::verdict
