#include "reference/queue/write_rows.hpp"

#include <sqlite3.h>

#include "reference/queue/body_chunks.hpp"
#include "reference/queue/statement.hpp"

namespace sealgate::queue {
namespace {

using host::WallTime;

constexpr int attempts_kept = 32;
constexpr std::size_t reply_bytes_max = 1000;

std::int64_t number(MessageId id) {
  return static_cast<std::int64_t>(id);
}

void insert_recipient(Statement& insert, MessageId id, int n, const NewRecipient& recipient,
                      WallTime received_at) {
  std::optional<WallTime> next;
  if (awaits_attempt(recipient.state)) next = recipient.next_attempt_at.value_or(received_at);
  insert.bind(number(id), n, recipient.forward_path, recipient.direction, recipient.route,
              recipient.method, to_word(recipient.state), recipient.queue_name, recipient.reason,
              next, recipient.expires_at, recipient.notify, recipient.original_recipient);
  insert.run();
}

void add_to_history(sqlite3* database, MessageId id, std::int64_t attempt,
                    const RecipientUpdate& update, std::string_view reply) {
  Statement(database,
            "INSERT INTO attempts (message, recipient, attempt, at, result, reason, reply, tls) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
      .bind(number(id), update.n, attempt, update.at, to_word(update.state), update.reason, reply,
            update.tls)
      .run();
  if (attempt <= attempts_kept) return;
  Statement(database,
            "DELETE FROM attempts WHERE message = ?1 AND recipient = ?2 AND attempt <= ?3")
      .bind(number(id), update.n, attempt - attempts_kept)
      .run();
}

/// SQL function retry_at(attempts, last_attempt_at, received_at, expires_at) over a Schedule.
void retry_at(sqlite3_context* context, int, sqlite3_value** values) noexcept {
  const auto time = [](sqlite3_value* value) {
    return WallTime(host::Duration(sqlite3_value_int64(value)));
  };
  const auto& schedule = *static_cast<const Queue::Schedule*>(sqlite3_user_data(context));
  const RetryTimes times{sqlite3_value_int(values[0]), time(values[1]), time(values[2])};
  const auto next = schedule(times).value_or(time(values[3]));
  sqlite3_result_int64(context, next.time_since_epoch().count());
}

/// Defines retry_at() on the connection while it lives: the schedule is not ours to keep.
class RetryFunction {
 public:
  RetryFunction(sqlite3* database, const Queue::Schedule& schedule) : database_(database) {
    auto* data = const_cast<Queue::Schedule*>(&schedule);
    const int code = sqlite3_create_function(database, "retry_at", 4, SQLITE_UTF8, data, &retry_at,
                                             nullptr, nullptr);
    if (code != SQLITE_OK) throw SqliteError(code, sqlite_category());
  }
  ~RetryFunction() {
    sqlite3_create_function(database_, "retry_at", 4, SQLITE_UTF8, nullptr, nullptr, nullptr,
                            nullptr);
  }
  RetryFunction(const RetryFunction&) = delete;
  RetryFunction& operator=(const RetryFunction&) = delete;

 private:
  sqlite3* database_;
};

void expect_changes(sqlite3* database) {
  if (changed_rows(database) == 0) throw boost::system::system_error(Error::not_found);
}

}  // namespace

MessageId insert_message(sqlite3* database, const NewMessage& message) {
  Statement(database,
            "INSERT INTO messages (queue_id, reverse_path, eight_bit, smtp_utf8, origin_address, "
            "origin_helo, origin_tls, received_at, message_id_header, encrypt, decision, size, "
            "ret, envelope_id, handovers) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)")
      .bind(message.queue_id, message.envelope.reverse_path, message.envelope.eight_bit,
            message.envelope.smtp_utf8, message.origin.address, message.origin.helo,
            message.origin.tls, message.received_at, message.message_id_header, message.encrypt,
            message.decision, static_cast<std::int64_t>(message.content.size()),
            message.envelope.ret, message.envelope.envelope_id, message.handovers)
      .run();
  const MessageId id{sqlite3_last_insert_rowid(database)};
  write_body(database, id, message.content);
  Statement insert(database,
                   "INSERT INTO recipients (message, n, forward_path, direction, route, method, "
                   "state, queue_name, reason, next_attempt_at, expires_at, notify, "
                   "original_recipient) "
                   "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)");
  int n = 0;
  for (const auto& recipient : message.recipients) {
    insert_recipient(insert, id, n++, recipient, message.received_at);
  }
  return id;
}

void record_update(sqlite3* database, MessageId id, const RecipientUpdate& update) {
  std::optional<WallTime> next;
  if (awaits_attempt(update.state)) next = update.next_attempt_at;
  const auto reply = std::string_view(update.reply).substr(0, reply_bytes_max);
  // An administrator's hold outlives an attempt that was under way and is to be repeated: ?3 is not
  // final exactly when it is delayed or held.
  Statement change(
      database,
      "UPDATE recipients SET attempts = attempts + 1, last_attempt_at = ?4, last_reply = ?5, "
      "state = CASE WHEN state = 'held' AND ?3 = 'delayed' THEN 'held' ELSE ?3 END, "
      "next_attempt_at = CASE WHEN state = 'held' AND ?3 = 'delayed' THEN NULL ELSE ?6 END, "
      "queue_name = CASE WHEN state = 'held' AND ?3 = 'delayed' THEN queue_name ELSE ?7 END, "
      "reason = CASE WHEN state = 'held' AND ?3 = 'delayed' THEN reason ELSE ?8 END, "
      "delay_told = delay_told OR ?9 "
      "WHERE message = ?1 AND n = ?2 AND state IN ('queued', 'delayed', 'held') "
      "RETURNING attempts");
  change.bind(number(id), update.n, to_word(update.state), update.at, reply, next,
              update.queue_name, update.reason, update.delay_told);
  // All changes are made before the first row is given (SQLite, RETURNING, 3).
  if (change.step()) add_to_history(database, id, change.integer(0), update, reply);
}

void finish_if_final(sqlite3* database, MessageId id) {
  {
    Statement unfinished(database,
                         "SELECT 1 FROM recipients WHERE message = ?1 "
                         "AND state IN ('queued', 'delayed', 'held') LIMIT 1");
    if (unfinished.bind(number(id)).step()) return;
  }
  Statement(database, "DELETE FROM attempts WHERE message = ?1").bind(number(id)).run();
  Statement(database, "DELETE FROM recipients WHERE message = ?1").bind(number(id)).run();
  Statement(database, "DELETE FROM message_chunks WHERE message = ?1").bind(number(id)).run();
  Statement(database, "DELETE FROM messages WHERE id = ?1").bind(number(id)).run();
}

void reschedule_delayed(sqlite3* database, const Queue::Schedule& schedule) {
  const RetryFunction function(database, schedule);
  execute(database,
          "UPDATE recipients SET next_attempt_at = retry_at(attempts, last_attempt_at, "
          "(SELECT received_at FROM messages WHERE id = recipients.message), expires_at) "
          "WHERE state = 'delayed' AND last_attempt_at IS NOT NULL AND queue_name != '" +
              std::string(awaiting_return_queue) + "'");
}

void hold_recipients(sqlite3* database, const Selection& which, std::string_view queue_name,
                     std::string_view reason) {
  Statement(database,
            "UPDATE recipients SET state = 'held', next_attempt_at = NULL, "
            "queue_name = CASE ?3 WHEN '' THEN queue_name ELSE ?3 END, "
            "reason = ?4 WHERE message = ?1 AND (?2 IS NULL OR n = ?2) "
            "AND state IN ('queued', 'delayed', 'held') AND queue_name != ?5")
      .bind(number(which.message), which.n, queue_name, reason, dropped_queue)
      .run();
  expect_changes(database);
}

void release_recipients(sqlite3* database, const Selection& which, WallTime now,
                        std::string_view queue_name) {
  Statement(database,
            "UPDATE recipients SET reason = CASE state WHEN 'held' THEN '' ELSE reason END, "
            "queue_name = CASE WHEN state != 'held' AND queue_name != ?6 THEN queue_name "
            "WHEN attempts = 0 THEN '' ELSE ?4 END, "
            "state = CASE attempts WHEN 0 THEN 'queued' ELSE 'delayed' END, "
            "next_attempt_at = ?3 WHERE message = ?1 AND (?2 IS NULL OR n = ?2) "
            "AND state IN ('queued', 'delayed', 'held') AND queue_name != ?5")
      .bind(number(which.message), which.n, now, queue_name, dropped_queue, awaiting_return_queue)
      .run();
  expect_changes(database);
}

void remove_recipients(sqlite3* database, const Selection& which) {
  Statement(database,
            "DELETE FROM recipients WHERE message = ?1 AND (?2 IS NULL OR n = ?2) "
            "AND state IN ('queued', 'delayed', 'held')")
      .bind(number(which.message), which.n)
      .run();
  expect_changes(database);
  Statement(database,
            "DELETE FROM attempts WHERE message = ?1 AND NOT EXISTS "
            "(SELECT 1 FROM recipients WHERE message = ?1 AND n = attempts.recipient)")
      .bind(number(which.message))
      .run();
  finish_if_final(database, which.message);
}

}  // namespace sealgate::queue
