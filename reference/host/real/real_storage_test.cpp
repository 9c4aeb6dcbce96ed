#include "reference/host/real/real_storage.hpp"

#include <sqlite3.h>
#include <sys/stat.h>

#include <fstream>
#include <latch>

#include "reference/host/real/file_calls.hpp"
#include "reference/host/real/loopback_fixture.hpp"

using namespace host;
using namespace host::test;
namespace asio = boost::asio;
using asio::awaitable;

namespace {

const ErrorCode not_durable = make_error_code(Error::not_durable);
const ErrorCode failed_statement = make_error_code(boost::system::errc::io_error);

ErrorCode run_sql(sqlite3* connection, const std::string& sql) {
  if (sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return failed_statement;
}

std::string first_column(sqlite3* connection, const char* sql) {
  std::string all;
  const auto keep = [](void* into, int, char** values, char**) {
    *static_cast<std::string*>(into) += std::string(values[0] ? values[0] : "") + " ";
    return 0;
  };
  sqlite3_exec(connection, sql, keep, &all, nullptr);
  return all;
}

awaitable<void> commit_sql(Database& database, std::string sql, ErrorCode& result) {
  auto work = [sql](sqlite3* connection) { return run_sql(connection, sql); };
  result = co_await database.commit(work);
}

awaitable<void> read_column(Database& database, const char* sql, std::string& column,
                            ErrorCode& result) {
  auto work = [&column, sql](sqlite3* connection) {
    column = first_column(connection, sql);
    return ErrorCode{};
  };
  result = co_await database.read(work);
}

struct OneDatabase : Loopback {
  OneDatabase() {
    ErrorCode error;
    start(commit_sql(*database, "CREATE TABLE t(x)", error));
    run();
    BOOST_TEST(!error);
    file_calls::record();
  }
  ~OneDatabase() { file_calls::record(); }

  // Keeps the worker busy until everything that is started after this call has been submitted: that
  // is one batch then.
  void hold_the_worker() {
    start(insert_first());
    asio::post(host.session_executor(), [this] { entered.wait(); });
  }
  void release_the_worker() {
    asio::post(host.session_executor(), [this] { release.count_down(); });
  }
  awaitable<void> insert_first() {
    auto work = [this](sqlite3* connection) {
      entered.count_down();
      release.wait();
      return run_sql(connection, "INSERT INTO t VALUES('first')");
    };
    const ErrorCode error = co_await database->commit(work);
    BOOST_TEST(!error);
  }

  std::string column(const char* sql = "SELECT x FROM t ORDER BY rowid") {
    std::string text;
    ErrorCode error;
    start(read_column(*database, sql, text, error));
    run();
    BOOST_TEST(!error);
    return text;
  }

  std::latch entered{1};
  std::latch release{1};
  std::unique_ptr<Database> database = host.storage().open_database("queue.sqlite");
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(works_that_wait_together_share_one_transaction, OneDatabase) {
  constexpr int works = 200;
  hold_the_worker();
  std::vector<ErrorCode> results(works, not_durable);
  for (ErrorCode& result : results) {
    start(commit_sql(*database, "INSERT INTO t VALUES(randomblob(100))", result));
  }
  release_the_worker();
  run();
  for (const ErrorCode& result : results) BOOST_TEST(!result);
  BOOST_TEST(file_calls::syncs() == 2u);  // the first alone, then all the others
  BOOST_TEST(column("SELECT count(*) FROM t") == "201 ");
}

BOOST_FIXTURE_TEST_CASE(each_commit_alone_is_synchronised, OneDatabase) {
  for (std::size_t i = 1; i <= 5; ++i) {
    ErrorCode error;
    start(commit_sql(*database, "INSERT INTO t VALUES(1)", error));
    run();
    BOOST_TEST(!error);
    BOOST_TEST(file_calls::syncs() >= i);
  }
}

BOOST_FIXTURE_TEST_CASE(works_and_reads_happen_in_order_and_a_failed_one_alone_is_undone,
                        OneDatabase) {
  hold_the_worker();
  ErrorCode good, bad, later, reading;
  std::string seen;
  start(commit_sql(*database, "INSERT INTO t VALUES('good')", good));
  start(commit_sql(*database, "INSERT INTO t VALUES('bad'); INSERT INTO nowhere VALUES(1)", bad));
  start(read_column(*database, "SELECT x FROM t ORDER BY rowid", seen, reading));
  start(commit_sql(*database, "INSERT INTO t VALUES('later')", later));
  release_the_worker();
  run();
  BOOST_TEST(!good);
  BOOST_TEST(bad == failed_statement);
  BOOST_TEST(!reading);
  BOOST_TEST(seen == "first good ");
  BOOST_TEST(!later);
  BOOST_TEST(column() == "first good later ");
}

BOOST_FIXTURE_TEST_CASE(when_the_device_fails_nothing_of_the_batch_is_acknowledged, OneDatabase) {
  std::vector<ErrorCode> results(3);
  std::string seen;
  ErrorCode reading;
  file_calls::record(1);
  for (ErrorCode& result : results) {
    start(commit_sql(*database, "INSERT INTO t VALUES('lost')", result));
  }
  run();
  for (const ErrorCode& result : results) BOOST_TEST(result == not_durable);
  file_calls::record();
  BOOST_TEST(column() == "");
  ErrorCode error;
  start(commit_sql(*database, "INSERT INTO t VALUES('kept')", error));
  run();
  BOOST_TEST(!error);
  BOOST_TEST(column() == "kept ");
}

// SQLite gives up the transaction by itself then; what came after it would stand alone.
BOOST_FIXTURE_TEST_CASE(a_work_that_loses_the_transaction_loses_all_of_it, OneDatabase) {
  hold_the_worker();
  ErrorCode before, culprit, after;
  start(commit_sql(*database, "INSERT INTO t VALUES('before')", before));
  start(commit_sql(*database, "ROLLBACK", culprit));
  start(commit_sql(*database, "INSERT INTO t VALUES('after')", after));
  release_the_worker();
  run();
  BOOST_TEST(before == not_durable);
  BOOST_TEST(culprit == not_durable);
  BOOST_TEST(after == not_durable);
  BOOST_TEST(column() == "first ");
}

namespace {

awaitable<void> commit_and_throw(Database& database, std::string& caught) {
  auto work = [](sqlite3* connection) -> ErrorCode {
    run_sql(connection, "INSERT INTO t VALUES('thrown')");
    throw std::logic_error("a bug");
  };
  try {
    co_await database.commit(work);
  } catch (const std::logic_error& error) {
    caught = error.what();
  }
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(what_a_work_throws_reaches_its_caller_and_undoes_it_alone, OneDatabase) {
  std::string caught;
  ErrorCode error;
  start(commit_and_throw(*database, caught));
  start(commit_sql(*database, "INSERT INTO t VALUES('other')", error));
  run();
  BOOST_TEST(caught == "a bug");
  BOOST_TEST(!error);
  BOOST_TEST(column() == "other ");
}

BOOST_FIXTURE_TEST_CASE(a_database_is_there_again_and_is_its_owners_only, OneDatabase) {
  ErrorCode error;
  start(commit_sql(*database, "INSERT INTO t VALUES('kept')", error));
  run();
  for (const char* name : {"queue.sqlite", "queue.sqlite-wal"}) {
    struct stat status {};
    BOOST_TEST(::stat((directory.path() / name).c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 07777) == 0600u);
  }
  database.reset();
  database = host.storage().open_database("queue.sqlite");
  BOOST_TEST(column() == "kept ");
  BOOST_TEST(column("PRAGMA synchronous") == "3 ");
  BOOST_TEST(column("PRAGMA journal_mode") == "wal ");
  BOOST_TEST(column("PRAGMA locking_mode") == "exclusive ");
}

namespace {

std::string failure_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_second_opener_is_refused_by_name, OneDatabase) {
  const auto directory_twice = failure_of([&] { RealStorage second(directory.path()); });
  BOOST_TEST(contains(directory_twice, (directory.path() / "lock").string()), directory_twice);
  const auto database_twice = failure_of([&] { host.storage().open_database("queue.sqlite"); });
  BOOST_TEST(contains(database_twice, "queue.sqlite"), database_twice);
  ErrorCode error = not_durable;
  start(commit_sql(*database, "INSERT INTO t VALUES('still ours')", error));
  run();
  BOOST_TEST(!error);
}

BOOST_AUTO_TEST_CASE(an_unusable_directory_or_database_is_named) {
  TemporaryDirectory directory;
  const auto missing = directory.path() / "missing";
  BOOST_TEST(contains(failure_of([&] { RealStorage storage(missing); }), missing.string()));
  const auto file = directory.path() / "file";
  std::ofstream(file) << "not a database, although it is quite long enough to be looked at as one, "
                         "which needs a hundred bytes at the least";
  BOOST_TEST(contains(failure_of([&] { RealStorage storage(file); }), file.string()));
  // Nobody creates files there, not even root.
  BOOST_TEST(contains(failure_of([&] { RealStorage storage("/proc"); }), "/proc"));
  RealStorage storage(directory.path());
  BOOST_TEST(contains(failure_of([&] { storage.open_database("file"); }), file.string()));
}
