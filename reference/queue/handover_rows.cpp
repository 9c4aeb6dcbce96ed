#include "reference/queue/handover_rows.hpp"

#include <algorithm>
#include <cctype>

#include "reference/queue/queue.hpp"
#include "reference/queue/read_rows.hpp"
#include "reference/queue/statement.hpp"

namespace sealgate::queue {
namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::optional<MessageId> message_named(sqlite3* database, const std::string& queue_id) {
  Statement query(database, "SELECT id FROM messages WHERE queue_id = ?1");
  if (!query.bind(queue_id).step()) return std::nullopt;
  return MessageId{query.integer(0)};
}

/// The first that was handed over and has not come back.
std::optional<MessageId> message_awaited(sqlite3* database, const std::string& message_id_header) {
  if (message_id_header.empty()) return std::nullopt;
  Statement query(database,
                  "SELECT id FROM messages JOIN recipients ON message = id "
                  "WHERE next_attempt_at IS NOT NULL AND queue_name = ?1 "
                  "AND message_id_header = ?2 ORDER BY id LIMIT 1");
  if (!query.bind(awaiting_return_queue, message_id_header).step()) return std::nullopt;
  return MessageId{query.integer(0)};
}

}  // namespace

Handover find_handover_rows(sqlite3* database, const std::string& id,
                            const std::string& message_id_header) {
  Handover found;
  found.id = id;
  const auto copy =
      id.empty() ? message_awaited(database, message_id_header) : message_named(database, id);
  if (copy) {
    found.copy = load_message(database, *copy);
    found.id = found.copy->queue_id;
  }
  Statement query(database, "SELECT recipient FROM returns WHERE handover = ?1");
  query.bind(found.id);
  while (query.step()) found.returned.insert(query.text(0));
  return found;
}

void remember_returns(sqlite3* database, const Return& returned) {
  if (returned.handover.empty()) return;
  Statement insert(database,
                   "INSERT OR IGNORE INTO returns (handover, recipient, at) VALUES (?1, ?2, ?3)");
  for (const auto& recipient : returned.returned)
    insert.bind(returned.handover, lower(recipient), returned.at).run();
  Statement(database, "DELETE FROM returns WHERE at < ?1").bind(returned.at - returns_kept).run();
}

}  // namespace sealgate::queue
