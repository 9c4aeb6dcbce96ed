// A host's disk: transactional databases and whole small files. Nothing else is offered, because
// nothing else keeps its promise across a power loss.
//
// A database is SQLite (WAL, synchronous=EXTRA, exclusive locking: one opener per file). Work is a
// function that runs statements on the connection; several works may share one transaction (group
// commit), in submission order, each inside a savepoint of its own.
//
// commit() resolves when the work is durable, and only then may anything be acknowledged.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "reference/host/result.hpp"

struct sqlite3;

namespace host {

class Database {
 public:
  /// Returns the first failed statement's error, or success; a failed work is rolled back alone.
  /// It runs on a storage thread on a real host: it must touch only what it owns.
  using Work = std::function<ErrorCode(sqlite3*)>;

  virtual ~Database() = default;

  /// Runs `work` in a transaction and resolves once it is durable (or has failed).
  virtual boost::asio::awaitable<ErrorCode> commit(Work work) = 0;

  /// Runs `work` after every earlier commit has run, without a transaction of its own; what it
  /// reads may not be durable yet.
  virtual boost::asio::awaitable<ErrorCode> read(Work work) = 0;
};

class Storage {
 public:
  virtual ~Storage() = default;

  /// Opens or creates a database. Throws std::runtime_error when the file is unusable: that is an
  /// installation fault, not an event.
  virtual std::unique_ptr<Database> open_database(std::string_view name) = 0;

  /// Whether a file or a database of that name is there.
  virtual bool has_file(std::string_view name) = 0;

  /// The file's content, or no_such_file_or_directory.
  virtual Result<std::string> read_file(std::string_view name) = 0;

  /// Replaces a file atomically and durably: after a power loss at any point it is old or new,
  /// whole.
  virtual boost::asio::awaitable<ErrorCode> replace_file(std::string_view name,
                                                         std::string content) = 0;
};

}  // namespace host
