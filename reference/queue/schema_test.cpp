#include "reference/queue/schema.hpp"

#include <sqlite3.h>

#include <boost/test/unit_test.hpp>

#include "reference/host/sqlite_transactions.hpp"
#include "reference/queue/queue.hpp"
#include "reference/queue/statement.hpp"
#include "reference/queue/test_database.hpp"

namespace {

using namespace sealgate::queue;

constexpr std::size_t write_version = 18, read_version = 19;

host::SqliteConnection open_memory() {
  sqlite3* opened = nullptr;
  BOOST_REQUIRE(sqlite3_open(":memory:", &opened) == SQLITE_OK);
  return host::SqliteConnection(opened);
}

std::string described(sqlite3* database) {
  std::string all;
  Statement version(database, "PRAGMA user_version");
  version.step();
  all += version.text(0) + "\n";
  Statement tables(database,
                   "SELECT type || ' ' || name || ' ' || coalesce(sql, '') "
                   "FROM sqlite_schema ORDER BY name");
  while (tables.step()) all += tables.text(0) + "\n";
  return all;
}

std::string refusal_of(sealgate::queue::test::TestHost& host) {
  try {
    host.run(Queue::open(host));
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "none";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(queue_schema)

BOOST_AUTO_TEST_CASE(empty_file_has_the_tables_that_are_made_in_place) {
  const auto in_place = open_memory();
  prepare_schema(in_place.get());
  const auto from_file = open_memory();
  std::string file = empty_file();
  file[write_version] = file[read_version] = 1;  // in memory there is no WAL
  BOOST_REQUIRE(sqlite3_deserialize(from_file.get(), "main",
                                    reinterpret_cast<unsigned char*>(file.data()),
                                    static_cast<sqlite3_int64>(file.size()),
                                    static_cast<sqlite3_int64>(file.size()),
                                    SQLITE_DESERIALIZE_READONLY) == SQLITE_OK);
  BOOST_TEST(described(from_file.get()) == described(in_place.get()));
  Statement check(from_file.get(), "PRAGMA integrity_check");
  check.step();
  BOOST_TEST(check.text(0) == "ok");
}

BOOST_AUTO_TEST_CASE(empty_file_is_in_wal_mode) {
  BOOST_TEST(empty_file().at(write_version) == 2);
  BOOST_TEST(empty_file().at(read_version) == 2);
}

BOOST_AUTO_TEST_CASE(a_new_queue_begins_as_the_empty_file) {
  sealgate::queue::test::TestHost host("a-new-queue");
  host.files.clear();
  host.run(Queue::open(host));
  BOOST_TEST((host.files.at("queue.sqlite") == empty_file()));
}

// A log of another file would be taken for one of ours.
BOOST_AUTO_TEST_CASE(what_is_left_of_another_queue_is_for_sqlite_to_judge) {
  for (const char* left : {"queue.sqlite", "queue.sqlite-wal", "queue.sqlite-journal"}) {
    sealgate::queue::test::TestHost host(left);
    host.files = {{left, "old"}};
    host.run(Queue::open(host));
    BOOST_TEST(host.files.size() == 1);
    BOOST_TEST(host.files.at(left) == "old");
  }
}

BOOST_AUTO_TEST_CASE(a_disk_that_takes_no_queue_is_told) {
  sealgate::queue::test::TestHost host("a-full-disk");
  host.files.clear();
  host.refuse_commits = true;
  BOOST_TEST(refusal_of(host) == "queue: " + make_error_code(host::Error::not_durable).message());
}

BOOST_AUTO_TEST_SUITE_END()
