// How every world runs works on SQLite: a connection set up to keep what it acknowledged, and one
// transaction around several works. Internal to the implementations of Storage.
//
// It knows neither threads nor completions: who calls, and when, is the storage's own business. A
// connection belongs to one thread at a time.
#pragma once

#include <memory>
#include <string>

#include "reference/host/storage.hpp"

namespace host {

struct SqliteCloser {
  void operator()(sqlite3* connection) const;
};
using SqliteConnection = std::unique_ptr<sqlite3, SqliteCloser>;

/// Opens or creates a database: WAL, exclusive, durable at COMMIT. `vfs` may be null: the default
/// one. Throws std::runtime_error naming `path`, also when SQLite does not honour a pragma.
SqliteConnection open_sqlite(const std::string& path, const char* vfs);

/// A transaction shared by several works, each in a savepoint of its own. Destroying it without
/// commit() rolls it back.
class SqliteTransaction {
 public:
  explicit SqliteTransaction(sqlite3* connection);
  ~SqliteTransaction();
  SqliteTransaction(const SqliteTransaction&) = delete;
  SqliteTransaction& operator=(const SqliteTransaction&) = delete;

  /// Runs `work`; on an error (or an exception, which goes on) it is rolled back alone. Once the
  /// transaction is lost no work runs any more, and the answer is Error::not_durable.
  ErrorCode run(const Database::Work& work);

  /// Error::not_durable: nothing of it happened, whatever run() said.
  ErrorCode commit();

 private:
  // A full disk or an I/O error makes SQLite roll the whole transaction back by itself. What ran
  // after that would be a transaction of its own, durable although reported as lost.
  bool lost() const;

  sqlite3* connection_;
  bool begun_;
};

}  // namespace host
