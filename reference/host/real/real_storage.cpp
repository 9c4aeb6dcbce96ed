#include "reference/host/real/real_storage.hpp"

#include <sqlite3.h>

#include <boost/asio/this_coro.hpp>

#include "reference/host/initiate.hpp"

namespace host {
namespace {

namespace asio = boost::asio;

asio::awaitable<ErrorCode> run_on(StorageWorker& worker, StorageWorker::Kind kind,
                                  StorageWorker::Source* source, Database::Work work) {
  const auto executor = co_await asio::this_coro::executor;
  std::exception_ptr failure;
  auto start = [&worker, &failure, kind, source,
                work = std::move(work)](Completion<ErrorCode> done) mutable {
    worker.submit({kind, source, std::move(work), &failure, std::move(done)});
  };
  const auto [error] = co_await initiate<ErrorCode>(executor, std::move(start));
  if (failure) std::rethrow_exception(failure);
  co_return error;
}

class RealDatabase final : public Database {
 public:
  RealDatabase(StorageWorker& worker, const std::string& path) : worker_(worker) {
    // Named: a process that also simulates has another default.
    source_.connection = open_sqlite(path, "unix");
  }
  // Nothing should be pending; if it is, it still happens.
  ~RealDatabase() override { worker_.drain(source_); }

  asio::awaitable<ErrorCode> commit(Work work) override {
    return run_on(worker_, StorageWorker::Kind::commit, &source_, std::move(work));
  }
  asio::awaitable<ErrorCode> read(Work work) override {
    return run_on(worker_, StorageWorker::Kind::read, &source_, std::move(work));
  }

 private:
  StorageWorker& worker_;
  StorageWorker::Source source_;
};

}  // namespace

RealStorage::RealStorage(std::filesystem::path directory) : directory_(std::move(directory)) {}

std::unique_ptr<Database> RealStorage::open_database(std::string_view name) {
  directory_.touch(name);  // SQLite gives its other files the mode of this one
  return std::make_unique<RealDatabase>(worker_, directory_.file(name).string());
}

bool RealStorage::has_file(std::string_view name) {
  return directory_.has(name);
}

Result<std::string> RealStorage::read_file(std::string_view name) {
  return directory_.read(name);
}

asio::awaitable<ErrorCode> RealStorage::replace_file(std::string_view name, std::string content) {
  Database::Work write = [this, name = std::string(name), content = std::move(content)](sqlite3*) {
    return directory_.replace(name, content);
  };
  return run_on(worker_, StorageWorker::Kind::file, nullptr, std::move(write));
}

}  // namespace host
