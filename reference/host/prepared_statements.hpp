// Statements that stay prepared: a connection is its own cache of them.
//
// What is given back stays with its connection, reset and without values, and the next who asks for
// the same text gets it again; to prepare one takes SQLite longer than most of them take to run.
// SqliteCloser finalizes what has stayed. Who takes a statement owns it until giving it back, on
// the thread that took it; a second one of the same text is then a statement of its own.
#pragma once

#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace host {

/// Of different texts for each connection; more are finalized when they are given back.
inline constexpr int prepared_statements_max = 64;

/// Null when SQLite refuses the text; the connection then says why.
sqlite3_stmt* take_statement(sqlite3* connection, std::string_view sql);

/// Null is allowed.
void give_back_statement(sqlite3_stmt* statement);

/// All of them; none may be taken any more.
void finalize_statements(sqlite3* connection);

}  // namespace host
