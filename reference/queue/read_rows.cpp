#include "reference/queue/read_rows.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "reference/queue/body_chunks.hpp"
#include "reference/queue/queue.hpp"
#include "reference/queue/statement.hpp"

namespace sealgate::queue {
namespace {

std::int64_t number(MessageId id) {
  return static_cast<std::int64_t>(id);
}

// The columns of a StoredRecipient, read by recipient_from() from column `first` on.
const std::string recipient_columns =
    "recipients.n, forward_path, direction, route, method, state, queue_name, reason, last_reply, "
    "attempts, last_attempt_at, next_attempt_at, expires_at, notify, original_recipient, "
    "delay_told";

StoredRecipient recipient_from(const Statement& row, int first) {
  StoredRecipient recipient;
  recipient.n = static_cast<int>(row.integer(first));
  recipient.forward_path = row.text(first + 1);
  recipient.direction = row.text(first + 2);
  recipient.route = row.text(first + 3);
  recipient.method = row.text(first + 4);
  // The table's CHECK admits no other word.
  recipient.state = state_from_word(row.text(first + 5)).value();
  recipient.queue_name = row.text(first + 6);
  recipient.reason = row.text(first + 7);
  recipient.last_reply = row.text(first + 8);
  recipient.attempts = static_cast<int>(row.integer(first + 9));
  recipient.last_attempt_at = row.time(first + 10);
  recipient.next_attempt_at = row.time(first + 11);
  recipient.expires_at = row.time(first + 12).value();
  recipient.notify = row.text(first + 13);
  recipient.original_recipient = row.text(first + 14);
  recipient.delay_told = row.integer(first + 15) != 0;
  return recipient;
}

std::vector<Attempt> history_of(sqlite3* database, MessageId id, int n) {
  Statement query(database,
                  "SELECT at, result, reason, reply, tls FROM attempts "
                  "WHERE message = ?1 AND recipient = ?2 ORDER BY attempt");
  query.bind(number(id), n);
  std::vector<Attempt> history;
  while (query.step()) {
    history.push_back(
        {query.time(0).value(), query.text(1), query.text(2), query.text(3), query.text(4)});
  }
  return history;
}

Entry entry_from(const Statement& row) {
  Entry entry;
  entry.message = MessageId{row.integer(0)};
  entry.queue_id = row.text(1);
  entry.message_id_header = row.text(2);
  entry.sender = row.text(3);
  entry.received_at = row.time(4).value();
  entry.size = static_cast<std::uint64_t>(row.integer(5));
  entry.encrypt = row.integer(6) != 0;
  entry.recipient = recipient_from(row, 7);
  return entry;
}

}  // namespace

StoredMessage load_message(sqlite3* database, MessageId id) {
  Statement query(database,
                  "SELECT queue_id, reverse_path, eight_bit, smtp_utf8, origin_address, "
                  "origin_helo, origin_tls, received_at, message_id_header, encrypt, decision, "
                  "size, ret, envelope_id, handovers FROM messages WHERE id = ?1");
  if (!query.bind(number(id)).step()) throw boost::system::system_error(Error::not_found);
  StoredMessage message;
  message.id = id;
  message.queue_id = query.text(0);
  message.envelope = {query.text(1), query.integer(2) != 0, query.integer(3) != 0, query.text(12),
                      query.text(13)};
  message.origin = {query.text(4), query.text(5), query.text(6)};
  message.received_at = query.time(7).value();
  message.message_id_header = query.text(8);
  message.encrypt = query.integer(9) != 0;
  message.decision = query.text(10);
  message.handovers = static_cast<int>(query.integer(14));
  message.content = read_body(database, id, static_cast<std::size_t>(query.integer(11)));

  Statement recipients(
      database, "SELECT " + recipient_columns + " FROM recipients WHERE message = ?1 ORDER BY n");
  recipients.bind(number(id));
  while (recipients.step()) {
    auto recipient = recipient_from(recipients, 0);
    // One that was removed leaves its place: the others are found at theirs.
    while (static_cast<int>(message.recipients.size()) < recipient.n) {
      auto& removed = message.recipients.emplace_back();
      removed.n = static_cast<int>(message.recipients.size()) - 1;
      removed.state = RecipientState::failed;
    }
    message.recipients.push_back(std::move(recipient));
  }
  return message;
}

std::vector<DueRecipient> due_rows(sqlite3* database, host::WallTime until, std::size_t limit) {
  Statement query(database,
                  "SELECT message, n, queue_id, forward_path, direction, route, method, attempts, "
                  "next_attempt_at FROM recipients JOIN messages ON messages.id = message "
                  "WHERE next_attempt_at <= ?1 ORDER BY next_attempt_at, message, n LIMIT ?2");
  query.bind(until, static_cast<std::int64_t>(limit));
  std::vector<DueRecipient> rows;
  while (query.step()) {
    rows.push_back({MessageId{query.integer(0)}, static_cast<int>(query.integer(1)), query.text(2),
                    query.text(3), query.text(4), query.text(5), query.text(6),
                    static_cast<int>(query.integer(7)), query.time(8).value()});
  }
  return rows;
}

std::vector<Entry> snapshot_rows(sqlite3* database, const Filter& filter) {
  std::optional<std::string_view> state;
  if (filter.state) state = to_word(*filter.state);
  // A range of the primary key: one message is found without reading the others.
  const MessageId last = filter.message.value_or(MessageId{INT64_MAX});
  auto after = filter.after.value_or(std::pair(MessageId{-1}, -1));
  if (filter.message) after = std::max(after, std::pair(*filter.message, -1));
  Statement query(database,
                  "SELECT message, queue_id, message_id_header, reverse_path, received_at, size, "
                  "encrypt, " +
                      recipient_columns +
                      " FROM recipients JOIN messages ON messages.id = message "
                      "WHERE (message, n) > (?1, ?2) AND message <= ?3 "
                      "AND (?4 IS NULL OR state = ?4) AND (?5 IS NULL OR queue_name = ?5) "
                      "ORDER BY message, n LIMIT ?6");
  query.bind(number(after.first), after.second, number(last), state, filter.queue_name,
             static_cast<std::int64_t>(filter.limit));
  std::vector<Entry> entries;
  while (query.step()) {
    auto& entry = entries.emplace_back(entry_from(query));
    if (filter.history) entry.history = history_of(database, entry.message, entry.recipient.n);
  }
  return entries;
}

Counts count_rows(sqlite3* database) {
  Counts counts;
  Statement by_state(database, "SELECT state, count(*) FROM recipients GROUP BY state");
  while (by_state.step()) {
    const auto count = static_cast<std::uint64_t>(by_state.integer(1));
    switch (state_from_word(by_state.text(0)).value()) {
      case RecipientState::queued:
        counts.queued = count;
        break;
      case RecipientState::delayed:
        counts.delayed = count;
        break;
      case RecipientState::held:
        counts.held = count;
        break;
      case RecipientState::delivered:
      case RecipientState::expired:
      case RecipientState::failed:
        counts.final += count;
        break;
    }
  }
  Statement messages(database, "SELECT count(*) FROM messages");
  messages.step();
  counts.messages = static_cast<std::uint64_t>(messages.integer(0));
  return counts;
}

}  // namespace sealgate::queue
