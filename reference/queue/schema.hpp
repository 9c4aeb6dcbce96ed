// The tables of the queue file and their versions.
//
// The version is SQLite's user_version: 0 is an empty file, and each step brings it one further, so
// that an older file is brought up to date when it is opened and a newer one is refused.
#pragma once

#include <string>

struct sqlite3;

namespace sealgate::queue {

/// Creates or upgrades the tables, inside of the caller's transaction. Throws SqliteError, or
/// std::runtime_error when the file is of a later version.
void prepare_schema(sqlite3* database);

/// What a new queue's file holds, in WAL mode: made once in a process, at its first use, since
/// making tables costs more than all that a message needs of them.
const std::string& empty_file();

}  // namespace sealgate::queue
