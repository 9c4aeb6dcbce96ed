#include "reference/queue/body_chunks.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/queue/schema.hpp"
#include "reference/queue/statement.hpp"
#include "reference/queue/test_database.hpp"

namespace {

using namespace sealgate::queue;

struct Fixture {
  Fixture() { prepare_schema(db); }

  std::int64_t chunks(MessageId id) {
    Statement query(db, "SELECT count(*) FROM message_chunks WHERE message = ?1");
    query.bind(static_cast<std::int64_t>(id)).step();
    return query.integer(0);
  }

  test::TestHost host{"body_chunks"};
  sqlite3* db = host.connection();
};

/// Every byte value, NUL included, with a period that no chunk border shares.
std::string bytes(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i % 257);
  return text;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(body_chunks, Fixture)

BOOST_AUTO_TEST_CASE(bodies_around_the_chunk_size_come_back_byte_for_byte) {
  const std::pair<std::size_t, int> cases[] = {
      {0, 0}, {1, 1}, {256 * 1024, 1}, {256 * 1024 + 1, 2}, {5'000'000, 20}};
  int number = 0;
  for (const auto& [size, rows] : cases) {
    const MessageId id{++number};
    const auto body = bytes(size);
    write_body(db, id, body);
    BOOST_TEST(chunks(id) == rows);
    BOOST_TEST((read_body(db, id, size) == body));
  }
}

BOOST_AUTO_TEST_CASE(a_body_that_lost_a_chunk_is_an_error_and_not_a_shorter_message) {
  const MessageId id{1};
  write_body(db, id, bytes(3 * chunk_bytes_max));
  execute(db, "DELETE FROM message_chunks WHERE n = 1");
  BOOST_CHECK_THROW(read_body(db, id, 3 * chunk_bytes_max), SqliteError);
}

BOOST_AUTO_TEST_SUITE_END()
