// The statements that read queue rows. All throw SqliteError.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "reference/queue/entry.hpp"
#include "reference/queue/message.hpp"

struct sqlite3;

namespace sealgate::queue {

/// Throws system_error with Error::not_found.
StoredMessage load_message(sqlite3* database, MessageId id);

/// The first `limit` rows that wait for an attempt, the earliest first, due at `until` or before.
std::vector<DueRecipient> due_rows(sqlite3* database, host::WallTime until, std::size_t limit);

std::vector<Entry> snapshot_rows(sqlite3* database, const Filter& filter);

Counts count_rows(sqlite3* database);

}  // namespace sealgate::queue
