// What a fake does wrong, and at which step of the dialogue.
//
// A table is a list of rules; the first rule that applies wins. Each rule counts the times its step
// was reached with a matching argument, over all connections that share a FaultCounter, and applies
// every time, only the n-th or only the first n times. The table is immutable data; the counter is
// the only state.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/core/smtp_codec.hpp"
#include "reference/host/time.hpp"

namespace fakes {

enum class Step {
  connect,  ///< in place of the greeting
  ehlo,
  helo,
  starttls,
  auth,  ///< AUTH, and each line that it asks for
  mail,
  rcpt,
  data,
  content,    ///< in the middle of the message, after its first octets; no reply is due there
  final_dot,  ///< in place of the reply to the message
  rset,
  noop,
  quit,
  any,  ///< every step but content
};

std::string_view to_string(Step step);
/// "final-dot" and so on; nothing for an unknown name.
std::optional<Step> step_from_name(std::string_view name);

enum class FaultAction {
  none,        ///< the ordinary answer, after the delay
  reply,       ///< `reply` in place of the ordinary answer
  raw,         ///< `bytes` in place of the ordinary answer, as they are
  flood,       ///< `bytes` again and again, until the client goes or flood_bytes_max
  disconnect,  ///< FIN, no answer
  reset,       ///< RST, no answer
  stall,       ///< the connection stays and is read, nothing is answered any more
  deaf,        ///< the connection stays, nothing is even read any more
};

std::string_view to_string(FaultAction action);

/// With `reply` or `raw` in its place the command takes effect only if both the ordinary answer and
/// this one begin with 2 or 3.
struct Fault {
  FaultAction action = FaultAction::none;
  Reply reply = {};
  std::string bytes = {};
  host::Duration delay{0};  ///< before whatever is done
};

struct FaultRule {
  Step step = Step::any;
  Fault fault;
  unsigned nth = 0;           ///< 0: always; n: only the n-th time
  std::string argument = {};  ///< empty: any; else only commands whose argument contains it
  unsigned first = 0;         ///< 0: no limit; n: only the first n times
};

constexpr std::size_t flood_bytes_max = 64 * 1024 * 1024;

using FaultTable = std::vector<FaultRule>;

/// Belongs to one table: the same one in every call.
class FaultCounter {
 public:
  /// The fault for this step, or null. Counts the step in every rule that it concerns.
  const Fault* next(const FaultTable& table, Step step, std::string_view argument = {});

 private:
  std::vector<unsigned> reached_;  ///< by the rule's position
};

}  // namespace fakes
