#include "reference/host/sqlite_transactions.hpp"

#include <sqlite3.h>

#include <stdexcept>

#include "reference/host/prepared_statements.hpp"

namespace host {
namespace {

/// For one statement without rows of interest.
bool execute(sqlite3* connection, const char* sql) {
  sqlite3_stmt* statement = take_statement(connection, sql);
  if (!statement) return false;
  int code = SQLITE_ROW;
  while (code == SQLITE_ROW) code = sqlite3_step(statement);
  give_back_statement(statement);
  return code == SQLITE_DONE;
}

// A pragma that SQLite does not honour answers with what it does instead, or not at all.
void require_pragma(sqlite3* connection, const std::string& path, const char* sql,
                    std::string_view wanted) {
  std::string answer;
  const auto keep = [](void* into, int, char** values, char**) {
    *static_cast<std::string*>(into) = values[0] ? values[0] : "";
    return 0;
  };
  if (sqlite3_exec(connection, sql, keep, &answer, nullptr) == SQLITE_OK && answer == wanted) {
    return;
  }
  throw std::runtime_error("cannot open " + path + ": " + sql + " answered '" + answer +
                           "': " + sqlite3_errmsg(connection));
}

// Undoes and ends the savepoint of a work that failed.
void roll_back_work(sqlite3* connection) {
  execute(connection, "ROLLBACK TO work");
  execute(connection, "RELEASE work");
}

}  // namespace

void SqliteCloser::operator()(sqlite3* connection) const {
  finalize_statements(connection);
  sqlite3_close(connection);
}

SqliteConnection open_sqlite(const std::string& path, const char* vfs) {
  // One thread at a time uses it, so SQLite need not lock (its own structures stay safe).
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  sqlite3* opened = nullptr;
  const int result = sqlite3_open_v2(path.c_str(), &opened, flags, vfs);
  SqliteConnection connection(opened);
  if (result != SQLITE_OK) {
    throw std::runtime_error("cannot open " + path + ": " +
                             (opened ? sqlite3_errmsg(opened) : "out of memory"));
  }
  // The order matters. Exclusive locking first: WAL without shared memory needs it. EXTRA before
  // WAL: the change to WAL is itself a transaction with a rollback journal, and with FULL the
  // journal's removal may be undone by a power loss; it then rolls back commits made in WAL since.
  require_pragma(opened, path, "PRAGMA locking_mode=EXCLUSIVE", "exclusive");
  execute(opened, "PRAGMA synchronous=EXTRA");
  require_pragma(opened, path, "PRAGMA synchronous", "3");
  require_pragma(opened, path, "PRAGMA journal_mode=WAL", "wal");
  execute(opened, "PRAGMA temp_store=MEMORY");
  require_pragma(opened, path, "PRAGMA temp_store", "2");
  return connection;
}

SqliteTransaction::SqliteTransaction(sqlite3* connection)
    : connection_(connection), begun_(execute(connection, "BEGIN IMMEDIATE")) {}

SqliteTransaction::~SqliteTransaction() {
  if (!lost()) execute(connection_, "ROLLBACK");
}

bool SqliteTransaction::lost() const {
  return !begun_ || sqlite3_get_autocommit(connection_) != 0;
}

ErrorCode SqliteTransaction::run(const Database::Work& work) {
  if (lost()) return Error::not_durable;
  if (!execute(connection_, "SAVEPOINT work")) {
    execute(connection_, "ROLLBACK");
    return Error::not_durable;
  }
  ErrorCode error;
  try {
    error = work(connection_);
  } catch (...) {
    if (!lost()) roll_back_work(connection_);
    throw;
  }
  if (lost()) return Error::not_durable;
  if (error) {
    roll_back_work(connection_);
  } else {
    execute(connection_, "RELEASE work");
  }
  return error;
}

ErrorCode SqliteTransaction::commit() {
  if (lost()) return Error::not_durable;
  if (execute(connection_, "COMMIT")) return {};
  if (!lost()) execute(connection_, "ROLLBACK");
  return Error::not_durable;
}

}  // namespace host
