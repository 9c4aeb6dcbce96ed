#include "reference/queue/statement.hpp"

#include <sqlite3.h>

#include <utility>

#include "reference/host/prepared_statements.hpp"

namespace sealgate::queue {
namespace {

class SqliteCategory final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "sqlite"; }
  std::string message(int code) const override { return sqlite3_errstr(code); }
};

}  // namespace

const boost::system::error_category& sqlite_category() {
  static const SqliteCategory category;
  return category;
}

Statement::Statement(sqlite3* database, std::string_view sql)
    : database_(database), statement_(host::take_statement(database, sql)) {
  if (!statement_) check(sqlite3_extended_errcode(database));
}

Statement::~Statement() {
  host::give_back_statement(statement_);
}

bool Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) check(code);
  return false;
}

void Statement::run() {
  step();
  check(sqlite3_reset(statement_));
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::string Statement::text(int column) const {
  // The bytes first: for a blob, sqlite3_column_text would convert. The size is valid after it.
  const void* bytes = sqlite3_column_blob(statement_, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return bytes == nullptr ? std::string() : std::string(static_cast<const char*>(bytes), size);
}

std::optional<host::WallTime> Statement::time(int column) const {
  if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return std::nullopt;
  return host::WallTime(host::Duration(integer(column)));
}

void Statement::bind_at(int index, std::int64_t value) {
  check(sqlite3_bind_int64(statement_, index, value));
}

void Statement::bind_at(int index, std::string_view value) {
  // A null pointer would bind NULL; an empty text is not one.
  const char* data = value.data() == nullptr ? "" : value.data();
  check(sqlite3_bind_text64(statement_, index, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bind_at(int index, host::WallTime value) {
  bind_at(index, std::int64_t{value.time_since_epoch().count()});
}

void Statement::bind_blob_at(int index, std::string_view bytes) {
  const char* data = bytes.data() == nullptr ? "" : bytes.data();
  check(sqlite3_bind_blob64(statement_, index, data, bytes.size(), SQLITE_TRANSIENT));
}

void Statement::bind_null_at(int index) {
  check(sqlite3_bind_null(statement_, index));
}

void Statement::check(int code) {
  if (code == SQLITE_OK) return;
  const int extended = sqlite3_extended_errcode(database_);
  const std::string what = sqlite3_errmsg(database_);
  throw SqliteError((extended & 0xff) == (code & 0xff) ? extended : code, sqlite_category(), what);
}

void execute(sqlite3* database, std::string_view sql) {
  const std::string text(sql);
  const int code = sqlite3_exec(database, text.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw SqliteError(code, sqlite_category(), sqlite3_errmsg(database));
}

int changed_rows(sqlite3* database) {
  return sqlite3_changes(database);
}

host::Database::Work as_work(std::function<void(sqlite3*)> function) {
  return [function = std::move(function)](sqlite3* database) -> host::ErrorCode {
    try {
      function(database);
      return {};
    } catch (const boost::system::system_error& error) {
      return error.code();
    }
  };
}

}  // namespace sealgate::queue
