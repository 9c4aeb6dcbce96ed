// host::Storage in a directory of the machine's file system.
//
// One opener holds the directory at a time. All works and file replacements of a storage run on its
// worker thread, in the order of submission; opening and read_file() block the caller. A read may
// share a transaction with commits before it: it must not run what SQLite refuses there (VACUUM).
// An exception that leaves a work rolls it back and reaches its caller.
#pragma once

#include "reference/host/real/durable_file.hpp"
#include "reference/host/real/storage_worker.hpp"
#include "reference/host/storage.hpp"

namespace host {

class RealStorage final : public Storage {
 public:
  /// Throws std::runtime_error naming the path: not a directory, not writable, held by another.
  explicit RealStorage(std::filesystem::path directory);

  std::unique_ptr<Database> open_database(std::string_view name) override;
  bool has_file(std::string_view name) override;
  Result<std::string> read_file(std::string_view name) override;
  boost::asio::awaitable<ErrorCode> replace_file(std::string_view name,
                                                 std::string content) override;

  /// No work runs after this; what waits is dropped uncalled.
  void stop() { worker_.stop(); }

 private:
  DataDirectory directory_;
  StorageWorker worker_;
};

}  // namespace host
