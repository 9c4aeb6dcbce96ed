// A message's content as rows of at most 256 kB, so that a row stays far below SQLite's limits and
// a reader may take one at a time. An empty content has no row.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "reference/queue/message.hpp"

struct sqlite3;

namespace sealgate::queue {

inline constexpr std::size_t chunk_bytes_max = 256 * 1024;

/// Both throw SqliteError.
void write_body(sqlite3* database, MessageId id, std::string_view content);

/// `size` is what the message's row says; a body of another size throws with SQLITE_CORRUPT.
std::string read_body(sqlite3* database, MessageId id, std::size_t size);

}  // namespace sealgate::queue
