// For tests only: a host whose one ability is storage, and storage that runs each work at once.
//
// A database is in memory and lives as long as its TestStorage, so that a queue can be closed and
// opened again. A coroutine is run to its end on an io_context of its own. What a queue does not
// use aborts.
#pragma once

#include <sqlite3.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdlib>
#include <exception>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "reference/host/inert_host.hpp"
#include "reference/host/prepared_statements.hpp"

namespace sealgate::queue::test {

class TestDatabase final : public host::Database {
 public:
  TestDatabase(const std::string& uri, bool& refuse_commits) : refuse_commits_(refuse_commits) {
    if (sqlite3_open_v2(uri.c_str(), &connection_,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI,
                        nullptr) != SQLITE_OK) {
      std::abort();
    }
  }
  ~TestDatabase() override {
    host::finalize_statements(connection_);
    // A blob or a backup that was left open would make this fail.
    if (sqlite3_close(connection_) != SQLITE_OK) std::abort();
  }

  boost::asio::awaitable<host::ErrorCode> commit(Work work) override {
    run("BEGIN IMMEDIATE");
    auto error = work(connection_);
    if (!error && refuse_commits_) error = host::Error::not_durable;
    run(error ? "ROLLBACK" : "COMMIT");
    co_return error;
  }
  boost::asio::awaitable<host::ErrorCode> read(Work work) override { co_return work(connection_); }

  sqlite3* connection() { return connection_; }

 private:
  void run(const char* sql) {
    if (sqlite3_exec(connection_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) std::abort();
  }

  bool& refuse_commits_;
  sqlite3* connection_ = nullptr;
};

class TestHost final : public host::InertHost, public host::Storage {
 public:
  /// Each name is a database of this process; the test's name keeps them apart.
  explicit TestHost(std::string name) : name_(std::move(name)), keeper_(uri("q"), refuse_commits) {}

  bool refuse_commits = false;  ///< runs the work, then says not_durable
  /// Beside the databases: what is there by name, and what was put there. The queue is old.
  std::map<std::string, std::string, std::less<>> files = {{"queue.sqlite", ""}};

  template <class T>
  T run(boost::asio::awaitable<T> work) {
    std::optional<T> value;
    std::exception_ptr failure;
    boost::asio::co_spawn(context_, std::move(work), [&](std::exception_ptr error, T result) {
      failure = error;
      value.emplace(std::move(result));
    });
    context_.restart();
    context_.run();
    if (failure) std::rethrow_exception(failure);
    return std::move(value).value();
  }

  /// Beside the queue, for looking at the rows themselves.
  sqlite3* connection() { return keeper_.connection(); }

  boost::asio::any_io_executor session_executor() override { return context_.get_executor(); }
  boost::asio::any_io_executor queue_executor() override { return context_.get_executor(); }
  host::Storage& storage() override { return *this; }
  void fill_random(std::span<std::byte> bytes) override {
    // A linear congruential generator (Knuth's MMIX): the same ids in every run.
    for (auto& byte : bytes) {
      random_ = random_ * 6364136223846793005u + 1442695040888963407u;
      byte = static_cast<std::byte>(random_ >> 56);
    }
  }

  std::unique_ptr<host::Database> open_database(std::string_view) override {
    return std::make_unique<TestDatabase>(uri("q"), refuse_commits);
  }
  bool has_file(std::string_view name) override { return files.contains(name); }
  host::Result<std::string> read_file(std::string_view) override { std::abort(); }
  boost::asio::awaitable<host::ErrorCode> replace_file(std::string_view name,
                                                       std::string content) override {
    if (refuse_commits) co_return make_error_code(host::Error::not_durable);
    files.insert_or_assign(std::string(name), std::move(content));
    co_return host::ErrorCode{};
  }

 private:
  std::string uri(const std::string& file) const {
    return "file:" + name_ + "-" + file + "?mode=memory&cache=shared";
  }

  std::string name_;
  TestDatabase keeper_;  ///< its open connection keeps the memory
  boost::asio::io_context context_;
  std::uint64_t random_ = 1;
};

}  // namespace sealgate::queue::test
