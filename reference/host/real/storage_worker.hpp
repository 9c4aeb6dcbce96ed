// The one thread on which a real host's storage blocks: it runs works in the order of submission
// and completes each on its caller's executor.
//
// What waits when it looks is a batch. In a batch, neighbouring works of one database share a
// transaction (group commit): under load one fsync serves many messages. A read among them sees
// what earlier works did, and is completed with them, once that is durable.
#pragma once

#include <condition_variable>
#include <exception>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "reference/host/completion.hpp"
#include "reference/host/sqlite_transactions.hpp"

namespace host {

class StorageWorker {
 public:
  enum class Kind {
    commit,  ///< in a transaction, durable when it completes
    read,    ///< in no transaction, or in one begun for a commit before it
    file,    ///< has no database
  };

  /// A database as the worker sees it. Its connection is used by the worker's thread only.
  struct Source {
    SqliteConnection connection;
    int pending = 0;  ///< submitted and not completed; under the worker's lock
  };

  struct Item {
    Kind kind;
    Source* source;  ///< null for a file
    Database::Work work;
    std::exception_ptr* failure;  ///< in the waiting coroutine's frame: what `work` threw
    Completion<ErrorCode> done;
    ErrorCode error = {};
  };

  StorageWorker();
  ~StorageWorker();
  StorageWorker(const StorageWorker&) = delete;
  StorageWorker& operator=(const StorageWorker&) = delete;

  void submit(Item item);
  /// Blocks until nothing of `source` is pending any more.
  void drain(Source& source);
  /// Finishes the batch in hand and drops what waits uncalled, like a crash. Idempotent.
  void stop();

 private:
  void run();
  void run_batch(std::span<Item> batch);
  void run_transaction(std::span<Item> items);
  void complete(std::span<Item> items);

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Item> waiting_;
  bool stopped_ = false;  // the thread is to end
  bool ended_ = false;    // it has
  std::thread thread_;    // last: it uses the others
};

}  // namespace host
