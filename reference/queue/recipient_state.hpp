// Where one recipient of a queued message stands, and the word for it on disk, in logs and in
// snapshots.
//
// queued (not tried yet) and delayed (tried, due again later) wait for an attempt and have a time
// for it; held waits for an administrator; the other three are final. A message leaves the queue
// when all its recipients are final.
#pragma once

#include <optional>
#include <string_view>

namespace sealgate::queue {

enum class RecipientState { queued, delayed, held, delivered, expired, failed };

/// "queued", "delayed", …
std::string_view to_word(RecipientState state);
std::optional<RecipientState> state_from_word(std::string_view word);

bool is_final(RecipientState state);
/// queued or delayed: the states that have a next attempt.
bool awaits_attempt(RecipientState state);

}  // namespace sealgate::queue
