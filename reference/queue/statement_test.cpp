#include "reference/queue/statement.hpp"

#include <sqlite3.h>

#include <boost/test/unit_test.hpp>

#include "reference/queue/schema.hpp"
#include "reference/queue/test_database.hpp"

namespace {

using namespace sealgate::queue;
using namespace std::string_literals;

struct Fixture {
  test::TestHost host{"statement"};
  sqlite3* db = host.connection();
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(statement, Fixture)

BOOST_AUTO_TEST_CASE(values_come_back_as_they_were_bound) {
  const auto text = "a\0b"s;
  const host::WallTime time{host::Duration(1795447658123456789)};
  Statement query(db, "SELECT ?1, ?2, ?3, ?4, ?5, ?6");
  query.bind(INT64_MIN, text, time, std::optional<int>(), true, std::string_view());
  BOOST_TEST_REQUIRE(query.step());
  BOOST_TEST(query.integer(0) == INT64_MIN);
  BOOST_TEST(query.text(1) == text);
  BOOST_TEST((query.time(2) == time));
  BOOST_TEST(!query.time(3));
  BOOST_TEST(query.integer(4) == 1);
  BOOST_TEST(query.text(5).empty());
  BOOST_TEST(!query.step());
}

BOOST_AUTO_TEST_CASE(an_empty_text_is_not_null) {
  Statement query(db, "SELECT ?1 IS NULL");
  query.bind(std::string_view()).step();
  BOOST_TEST(query.integer(0) == 0);
}

BOOST_AUTO_TEST_CASE(a_statement_that_does_not_parse_throws_with_the_message_of_sqlite) {
  BOOST_CHECK_EXCEPTION(Statement(db, "SELEC 1"), SqliteError, [](const SqliteError& error) {
    return error.code() == host::ErrorCode(SQLITE_ERROR, sqlite_category()) &&
           std::string(error.what()).find("syntax error") != std::string::npos;
  });
}

BOOST_AUTO_TEST_CASE(a_work_returns_the_extended_code_of_the_statement_that_failed) {
  const auto work = as_work([](sqlite3* database) {
    execute(database, "CREATE TABLE t (id INTEGER PRIMARY KEY, word TEXT UNIQUE)");
    for (int i = 0; i < 2; ++i) Statement(database, "INSERT INTO t (word) VALUES ('x')").run();
  });
  const auto error = work(db);
  BOOST_TEST((error == host::ErrorCode(SQLITE_CONSTRAINT_UNIQUE, sqlite_category())));
}

BOOST_AUTO_TEST_CASE(a_file_of_a_later_version_is_refused) {
  prepare_schema(db);
  prepare_schema(db);  // a file of this version is left as it is
  execute(db, "PRAGMA user_version = 77");
  BOOST_CHECK_EXCEPTION(prepare_schema(db), std::runtime_error, [](const auto& error) {
    return std::string(error.what()).find("has version 77") != std::string::npos;
  });
}

BOOST_AUTO_TEST_SUITE_END()
