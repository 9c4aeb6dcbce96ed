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

int prepared(sqlite3* db) {
  int count = 0;
  for (sqlite3_stmt* statement = nullptr; (statement = sqlite3_next_stmt(db, statement));) ++count;
  return count;
}

BOOST_AUTO_TEST_CASE(a_statement_stays_prepared_and_forgets_its_values_and_its_place) {
  {
    Statement query(db, "SELECT ?1 UNION ALL SELECT 2");
    query.bind("secret").step();
  }
  BOOST_TEST(prepared(db) == 1);
  Statement again(db, "SELECT ?1 UNION ALL SELECT 2");
  BOOST_TEST(prepared(db) == 1);
  BOOST_TEST_REQUIRE(again.step());
  BOOST_TEST(again.text(0).empty());
}

BOOST_AUTO_TEST_CASE(two_statements_of_one_text_at_a_time_do_not_disturb_each_other) {
  Statement one(db, "SELECT ?1");
  one.bind(1);
  Statement two(db, "SELECT ?1");
  two.bind(2);
  BOOST_TEST_REQUIRE(one.step());
  BOOST_TEST_REQUIRE(two.step());
  BOOST_TEST(one.integer(0) == 1);
  BOOST_TEST(two.integer(0) == 2);
}

BOOST_AUTO_TEST_CASE(one_text_is_not_taken_for_a_longer_one) {
  { Statement longer(db, "SELECT 12"); }
  Statement shorter(db, "SELECT 1");
  BOOST_TEST_REQUIRE(shorter.step());
  BOOST_TEST(shorter.integer(0) == 1);
}

BOOST_AUTO_TEST_CASE(a_statement_that_failed_works_the_next_time) {
  execute(db, "CREATE TABLE words (word TEXT UNIQUE)");
  const char* sql = "INSERT INTO words VALUES (?1)";
  Statement(db, sql).bind("x").run();
  BOOST_CHECK_THROW(Statement(db, sql).bind("x").run(), SqliteError);
  BOOST_CHECK_NO_THROW(Statement(db, sql).bind("y").run());
}

BOOST_AUTO_TEST_CASE(the_number_of_statements_that_stay_is_bounded) {
  for (int i = 0; i < 3 * host::prepared_statements_max; ++i)
    Statement(db, "SELECT " + std::to_string(i)).step();
  BOOST_TEST(prepared(db) == host::prepared_statements_max);
}

BOOST_AUTO_TEST_CASE(a_file_of_a_later_version_is_refused) {
  prepare_schema(db);
  prepare_schema(db);  // a file of this version is left as it is
  execute(db, "PRAGMA user_version = 77");
  BOOST_CHECK_EXCEPTION(prepare_schema(db), std::runtime_error, [](const auto& error) {
    return std::string(error.what()).find("has version 77") != std::string::npos;
  });
}

BOOST_AUTO_TEST_CASE(a_file_of_an_older_version_gets_the_tables_of_a_new_one) {
  const auto columns = [this] {
    std::string all;
    for (const char* table : {"messages", "message_chunks", "recipients", "attempts", "returns"}) {
      Statement query(db, "SELECT name, type, \"notnull\", dflt_value FROM pragma_table_info(?1)");
      for (query.bind(table); query.step(); all += '\n')
        for (int column = 0; column < 4; ++column) all += query.text(column) + ' ';
    }
    return all;
  };
  prepare_schema(db);
  const std::string fresh = columns();
  for (const char* column :
       {"messages DROP COLUMN ret", "messages DROP COLUMN envelope_id",
        "messages DROP COLUMN handovers", "recipients DROP COLUMN notify",
        "recipients DROP COLUMN delay_told", "recipients DROP COLUMN original_recipient"})
    execute(db, std::string("ALTER TABLE ") + column);
  execute(db, "DROP TABLE returns");
  execute(db, "PRAGMA user_version = 1");
  BOOST_TEST_REQUIRE(columns() != fresh);
  prepare_schema(db);
  BOOST_TEST(columns() == fresh);
  Statement version(db, "PRAGMA user_version");
  BOOST_TEST_REQUIRE(version.step());
  BOOST_TEST(version.integer(0) == 3);
}

BOOST_AUTO_TEST_SUITE_END()
