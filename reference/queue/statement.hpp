// One prepared SQLite statement: bind in order, step, read columns in order of their index. Its end
// leaves it prepared, for the next of the same text (reference/host/prepared_statements.hpp).
//
// A failure throws SqliteError, which never leaves this folder: as_work() turns a function that
// uses statements into a Database::Work that returns the error code, so that the host rolls it
// back. Text and blobs are copied on binding and on reading, NULs included. Not for use across
// threads.
#pragma once

#include <boost/system/system_error.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "reference/host/storage.hpp"
#include "reference/host/time.hpp"

struct sqlite3_stmt;

namespace sealgate::queue {

/// SQLite's extended result codes; the category's name is "sqlite".
const boost::system::error_category& sqlite_category();

using SqliteError = boost::system::system_error;

class Statement {
 public:
  Statement(sqlite3* database, std::string_view sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  /// Binds the parameters ?1, ?2, … in order.
  template <class... Values>
  Statement& bind(const Values&... values) {
    int index = 0;
    (bind_at(++index, values), ...);
    return *this;
  }

  /// True: a row is there to be read. False: the statement is finished.
  bool step();
  /// For a statement without rows: runs it and makes it ready to be bound again.
  void run();

  std::int64_t integer(int column) const;
  std::string text(int column) const;
  std::optional<host::WallTime> time(int column) const;

  void bind_at(int index, std::int64_t value);
  void bind_at(int index, int value) { bind_at(index, std::int64_t{value}); }
  void bind_at(int index, bool value) { bind_at(index, std::int64_t{value}); }
  void bind_at(int index, std::string_view value);
  void bind_at(int index, const std::string& value) { bind_at(index, std::string_view(value)); }
  void bind_at(int index, const char* value) { bind_at(index, std::string_view(value)); }
  void bind_at(int index, host::WallTime value);
  void bind_blob_at(int index, std::string_view bytes);
  template <class T>
  void bind_at(int index, const std::optional<T>& value) {
    value ? bind_at(index, *value) : bind_null_at(index);
  }

 private:
  void bind_null_at(int index);
  void check(int code);

  sqlite3* database_;
  sqlite3_stmt* statement_;
};

/// Runs statements that have neither parameters nor rows of interest.
void execute(sqlite3* database, std::string_view sql);

/// How many rows the last statement changed.
int changed_rows(sqlite3* database);

/// `function` may throw SqliteError (or any system_error); the work returns its code.
host::Database::Work as_work(std::function<void(sqlite3*)> function);

}  // namespace sealgate::queue
