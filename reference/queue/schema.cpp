#include "reference/queue/schema.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <array>
#include <memory>
#include <stdexcept>

#include "reference/host/sqlite_transactions.hpp"
#include "reference/queue/statement.hpp"

namespace sealgate::queue {
namespace {

// messages: AUTOINCREMENT, so that the number of a deleted message never names another one.
// recipients: next_attempt_at is set exactly while an attempt is awaited. The partial index over it
// is what due() and next_due() walk: its size is the number of waiting recipients, its order the
// answer. returns: outlives its message, so that a second return is known for one.
constexpr const char* tables = R"(
CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  queue_id TEXT NOT NULL UNIQUE,
  reverse_path TEXT NOT NULL,
  eight_bit INTEGER NOT NULL,
  smtp_utf8 INTEGER NOT NULL,
  origin_address TEXT NOT NULL,
  origin_helo TEXT NOT NULL,
  origin_tls TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  message_id_header TEXT NOT NULL,
  encrypt INTEGER NOT NULL,
  decision TEXT NOT NULL,
  size INTEGER NOT NULL,
  ret TEXT NOT NULL DEFAULT '',
  envelope_id TEXT NOT NULL DEFAULT '',
  handovers INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE message_chunks (
  message INTEGER NOT NULL,
  n INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (message, n)
);
CREATE TABLE recipients (
  message INTEGER NOT NULL,
  n INTEGER NOT NULL,
  forward_path TEXT NOT NULL,
  direction TEXT NOT NULL,
  route TEXT NOT NULL,
  method TEXT NOT NULL,
  state TEXT NOT NULL
    CHECK (state IN ('queued', 'delayed', 'held', 'delivered', 'expired', 'failed')),
  queue_name TEXT NOT NULL,
  reason TEXT NOT NULL,
  last_reply TEXT NOT NULL DEFAULT '',
  attempts INTEGER NOT NULL DEFAULT 0,
  last_attempt_at INTEGER,
  next_attempt_at INTEGER,
  expires_at INTEGER NOT NULL,
  notify TEXT NOT NULL DEFAULT '',
  original_recipient TEXT NOT NULL DEFAULT '',
  delay_told INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (message, n),
  CHECK ((next_attempt_at IS NOT NULL) = (state IN ('queued', 'delayed')))
) WITHOUT ROWID;
CREATE INDEX recipients_due ON recipients (next_attempt_at, message, n)
  WHERE next_attempt_at IS NOT NULL;
CREATE INDEX recipients_by_state ON recipients (state);
CREATE TABLE attempts (
  message INTEGER NOT NULL,
  recipient INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  at INTEGER NOT NULL,
  result TEXT NOT NULL,
  reason TEXT NOT NULL,
  reply TEXT NOT NULL,
  tls TEXT NOT NULL,
  PRIMARY KEY (message, recipient, attempt)
) WITHOUT ROWID;
CREATE TABLE returns (
  handover TEXT NOT NULL,
  recipient TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (handover, recipient)
) WITHOUT ROWID;
)";

// An empty file gets the tables as they are now: each column that is added to a table costs SQLite
// more than the table. An older file is brought from version to version.
constexpr std::size_t current_version = 3;

// From 1: what a sender asks for about reports (RFC 3461), and that a delay was told.
constexpr const char* to_version_2 = R"(
ALTER TABLE messages ADD COLUMN ret TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN envelope_id TEXT NOT NULL DEFAULT '';
ALTER TABLE recipients ADD COLUMN notify TEXT NOT NULL DEFAULT '';
ALTER TABLE recipients ADD COLUMN original_recipient TEXT NOT NULL DEFAULT '';
ALTER TABLE recipients ADD COLUMN delay_told INTEGER NOT NULL DEFAULT 0;
)";

// From 2: who came back from an encryption server already, and how often a message was there.
constexpr const char* to_version_3 = R"(
ALTER TABLE messages ADD COLUMN handovers INTEGER NOT NULL DEFAULT 0;
CREATE TABLE returns (
  handover TEXT NOT NULL,
  recipient TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (handover, recipient)
) WITHOUT ROWID;
)";

constexpr std::array upgrades = {to_version_2, to_version_3};  // the first one from version 1
static_assert(upgrades.size() == current_version - 1);

// In memory, and without a journal: that would be opened with a random number.
std::string make_empty_file() {
  sqlite3* opened = nullptr;
  const int code = sqlite3_open(":memory:", &opened);
  const host::SqliteConnection connection(opened);
  if (code != SQLITE_OK) throw SqliteError(code, sqlite_category());
  execute(opened, "PRAGMA journal_mode = OFF");
  prepare_schema(opened);
  sqlite3_int64 size = 0;
  const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> bytes(
      sqlite3_serialize(opened, "main", &size, 0), &sqlite3_free);
  if (!bytes) throw std::bad_alloc();
  std::string file(reinterpret_cast<const char*>(bytes.get()), static_cast<std::size_t>(size));
  // The versions that it takes to write and to read it: 2 is WAL (SQLite's file format, 1.3).
  constexpr std::size_t write_version = 18, read_version = 19;
  file[write_version] = file[read_version] = 2;
  return file;
}

}  // namespace

void prepare_schema(sqlite3* database) {
  std::size_t version = 0;
  {
    Statement query(database, "PRAGMA user_version");
    query.step();
    version = static_cast<std::size_t>(query.integer(0));
  }
  if (version > current_version) {
    throw std::runtime_error(fmt::format(
        "the queue file has version {}, this program knows {}: it was written by a later version",
        version, current_version));
  }
  if (version == current_version) return;
  if (version == 0) execute(database, tables);
  for (; version > 0 && version < current_version; ++version)
    execute(database, upgrades[version - 1]);
  execute(database, fmt::format("PRAGMA user_version = {}", current_version));
}

const std::string& empty_file() {
  static const std::string bytes = make_empty_file();
  return bytes;
}

}  // namespace sealgate::queue
