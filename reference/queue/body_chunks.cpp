#include "reference/queue/body_chunks.hpp"

#include <sqlite3.h>

#include "reference/queue/statement.hpp"

namespace sealgate::queue {

void write_body(sqlite3* database, MessageId id, std::string_view content) {
  Statement insert(database, "INSERT INTO message_chunks (message, n, bytes) VALUES (?1, ?2, ?3)");
  for (int n = 0; !content.empty(); ++n) {
    const auto chunk = content.substr(0, chunk_bytes_max);
    insert.bind(static_cast<std::int64_t>(id), n);
    insert.bind_blob_at(3, chunk);
    insert.run();
    content.remove_prefix(chunk.size());
  }
}

std::string read_body(sqlite3* database, MessageId id, std::size_t size) {
  Statement query(database, "SELECT bytes FROM message_chunks WHERE message = ?1 ORDER BY n");
  query.bind(static_cast<std::int64_t>(id));
  std::string content;
  content.reserve(size);
  while (query.step() && content.size() <= size) content += query.text(0);
  if (content.size() != size) {
    throw SqliteError(SQLITE_CORRUPT, sqlite_category(), "a queued message's body has lost bytes");
  }
  return content;
}

}  // namespace sealgate::queue
