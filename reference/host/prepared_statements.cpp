#include "reference/host/prepared_statements.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <vector>

namespace host {
namespace {

/// Those that somebody on this thread owns now: one, rarely three.
thread_local std::vector<sqlite3_stmt*> taken;

bool is_taken(sqlite3_stmt* statement) {
  return std::find(taken.begin(), taken.end(), statement) != taken.end();
}

sqlite3_stmt* find_idle(sqlite3* connection, std::string_view sql) {
  for (sqlite3_stmt* statement = nullptr;
       (statement = sqlite3_next_stmt(connection, statement)) != nullptr;) {
    const char* text = sqlite3_sql(statement);
    if (text && sql == text && !is_taken(statement)) return statement;
  }
  return nullptr;
}

bool is_one_too_many(sqlite3* connection) {
  int count = 0;
  for (sqlite3_stmt* statement = nullptr;
       (statement = sqlite3_next_stmt(connection, statement)) != nullptr;)
    ++count;
  return count > prepared_statements_max;
}

}  // namespace

sqlite3_stmt* take_statement(sqlite3* connection, std::string_view sql) {
  sqlite3_stmt* statement = find_idle(connection, sql);
  if (!statement)
    sqlite3_prepare_v3(connection, sql.data(), static_cast<int>(sql.size()),
                       SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (statement) taken.push_back(statement);
  return statement;
}

void give_back_statement(sqlite3_stmt* statement) {
  if (!statement) return;
  std::erase(taken, statement);
  sqlite3_reset(statement);  // its answer repeats the error of the last step
  sqlite3_clear_bindings(statement);
  if (is_one_too_many(sqlite3_db_handle(statement))) sqlite3_finalize(statement);
}

void finalize_statements(sqlite3* connection) {
  while (sqlite3_stmt* statement = sqlite3_next_stmt(connection, nullptr))
    sqlite3_finalize(statement);
}

}  // namespace host
