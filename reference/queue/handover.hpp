// What the queue knows of mail that was handed to an encryption server and comes back (RUL-29): the
// gateway's copy, which stays until then, and which recipients have come back before.
//
// The ID of a hand-over is the queue id of the copy, so that a hand-over that is repeated after a
// lost reply has the same. Who has come back is remembered for `returns_kept`.
#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "reference/queue/message.hpp"

namespace sealgate::queue {

inline constexpr host::Duration returns_kept = std::chrono::days(30);

struct Handover {
  std::string id;                     ///< the one asked for, or the copy's
  std::optional<StoredMessage> copy;  ///< none: it is finished, or was never here
  std::set<std::string> returned;     ///< recipients, in lower case
};

/// What a return changes.
struct Return {
  std::string handover;                  ///< may be empty: then nobody is remembered
  std::vector<std::string> returned;     ///< recipients who are delivered to from now on
  std::optional<MessageId> copy;         ///< whose recipients `updates` are
  std::vector<RecipientUpdate> updates;  ///< as of an attempt
  std::vector<NewMessage> messages;      ///< to queue: what goes on, and what people are told
  host::WallTime at;
};

}  // namespace sealgate::queue
