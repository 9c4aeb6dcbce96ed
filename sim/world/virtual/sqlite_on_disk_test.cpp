// SQLite through host::Storage on a simulated disk that fails, or whose machine dies inside it.
#include <sqlite3.h>

#include <boost/test/unit_test.hpp>

#include "reference/host/io.hpp"
#include "sim/world/virtual/world.hpp"

namespace {

using namespace sealcheck;
using namespace std::chrono_literals;
namespace asio = boost::asio;

host::ErrorCode run_sql(sqlite3* connection, const std::string& sql) {
  if (sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return make_error_code(boost::system::errc::io_error);
}

int count_rows(sqlite3* connection) {
  int rows = -1;
  const auto keep = [](void* into, int, char** values, char**) {
    *static_cast<int*>(into) = std::atoi(values[0]);
    return 0;
  };
  sqlite3_exec(connection, "SELECT count(*) FROM t", keep, &rows, nullptr);
  return rows;
}

struct Tally {
  int acknowledged = 0;
  int refused = 0;
  bool opened = false;
};

// Owns its database, as a program does: it goes with the coroutine when the machine dies.
asio::awaitable<void> insert_rows(world::VirtualHost& machine, int wanted, Tally& tally) {
  const auto database = machine.storage().open_database("queue.db");
  tally.opened = true;
  auto create = [](sqlite3* c) { return run_sql(c, "CREATE TABLE IF NOT EXISTS t(x)"); };
  co_await database->commit(create);
  for (int i = 0; i < wanted; ++i) {
    auto insert = [](sqlite3* c) { return run_sql(c, "INSERT INTO t VALUES(randomblob(900))"); };
    const host::ErrorCode error = co_await database->commit(insert);
    ++(error ? tally.refused : tally.acknowledged);
  }
}

struct Found {
  int rows = -1;
  bool intact = false;
};

asio::awaitable<void> look(world::VirtualHost& machine, Found& found) {
  const auto database = machine.storage().open_database("queue.db");
  auto read = [&](sqlite3* c) {
    found.rows = count_rows(c);
    found.intact = !run_sql(c, "PRAGMA integrity_check");
    return host::ErrorCode{};
  };
  co_await database->read(read);
}

struct Machine {
  explicit Machine(std::uint64_t seed = 7) : world(seed, trace) {}

  trace::Trace trace;
  world::World world;
  world::VirtualHost& a = world.add_host("a.test", {asio::ip::make_address("192.0.2.1")});
  Tally tally;

  void insert(int wanted) {
    host::spawn(a, a.session_executor(), "writer", insert_rows(a, wanted, tally));
    world.run(INT64_MAX, true);
  }
  Found look_at_it() {
    Found found;
    host::spawn(a, a.session_executor(), "reader", look(a, found));
    world.run(INT64_MAX, true);
    return found;
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_power_loss_at_any_operation_keeps_what_was_acknowledged) {
  std::uint64_t operations = 0;
  {
    Machine whole;
    whole.insert(6);
    operations = whole.a.disk().operation_count();
    BOOST_TEST(whole.tally.acknowledged == 6);
  }
  int in_flight_survived = 0, died_while_opening = 0;
  for (std::uint64_t nth = 1; nth <= operations; ++nth)
    for (const world::Side side : {world::Side::before, world::Side::after})
      for (std::uint64_t outcome = 0; outcome < 3; ++outcome) {
        Machine machine;
        machine.a.disk().set_outcome(outcome);
        machine.a.die_at(world::Death::power_loss, {world::DiskMoment::Unit::operation, side, nth});
        machine.insert(6);
        BOOST_REQUIRE(!machine.a.alive());
        died_while_opening += !machine.tally.opened;
        machine.a.restart();
        const Found found = machine.look_at_it();
        if (machine.tally.acknowledged > 0) BOOST_TEST(found.intact);
        const int rows = std::max(found.rows, 0);  // there may be no table yet
        BOOST_TEST(rows >= machine.tally.acknowledged);
        BOOST_TEST(rows <= machine.tally.acknowledged + 1);
        in_flight_survived += rows > machine.tally.acknowledged;
      }
  BOOST_TEST(died_while_opening > 0);
  BOOST_TEST(in_flight_survived > 0);
}

BOOST_AUTO_TEST_CASE(a_commit_is_acknowledged_neither_before_it_nor_at_its_very_end) {
  for (const world::Side side : {world::Side::before, world::Side::after}) {
    Machine machine;
    machine.a.die_at(world::Death::power_loss, {world::DiskMoment::Unit::commit, side, 3});
    machine.insert(6);
    BOOST_TEST(machine.tally.acknowledged == 1);  // the first commit makes the table
    machine.a.restart();
    BOOST_TEST(machine.look_at_it().rows == (side == world::Side::before ? 1 : 2));
  }
}

BOOST_AUTO_TEST_CASE(a_power_loss_during_a_commit_may_find_it_done_and_nobody_was_told) {
  int done = 0;
  for (std::uint64_t outcome = 0; outcome < 30; ++outcome) {
    Machine machine;
    machine.a.disk().set_outcome(outcome);
    machine.a.die_at(world::Death::power_loss,
                     {world::DiskMoment::Unit::commit, world::Side::during, 3});
    machine.insert(6);
    BOOST_REQUIRE(!machine.a.alive());
    BOOST_TEST(machine.tally.acknowledged == 1);
    machine.a.restart();
    const Found found = machine.look_at_it();
    BOOST_TEST(found.intact);
    BOOST_TEST((found.rows == 1 || found.rows == 2));
    done += found.rows == 2;
  }
  BOOST_TEST(done > 3);
  BOOST_TEST(done < 27);
}

BOOST_AUTO_TEST_CASE(a_full_disk_refuses_commits_and_takes_them_again_when_there_is_room) {
  Machine machine;
  machine.insert(2);
  machine.a.disk().set_faults({.full_after_bytes = 0, .sync_fails_at = {}, .write_fails_at = {}});
  machine.insert(40);
  BOOST_TEST(machine.tally.refused > 30);
  machine.a.disk().set_faults({});
  const int refused = machine.tally.refused;
  machine.insert(3);
  BOOST_TEST(machine.tally.refused == refused);
  machine.a.lose_power();
  machine.a.restart();
  const Found found = machine.look_at_it();
  BOOST_TEST(found.intact);
  BOOST_TEST(found.rows == machine.tally.acknowledged);
}

BOOST_AUTO_TEST_CASE(a_commit_whose_sync_fails_is_refused_and_the_next_one_is_whole) {
  for (std::uint64_t nth = 1; nth <= 8; ++nth) {
    Machine machine(nth);
    machine.insert(2);
    machine.a.disk().set_faults(
        {.full_after_bytes = {}, .sync_fails_at = nth, .write_fails_at = {}});
    machine.insert(8);
    BOOST_TEST(machine.tally.refused <= 1);
    machine.a.lose_power();
    machine.a.restart();
    const Found found = machine.look_at_it();
    BOOST_TEST(found.intact);
    BOOST_TEST(found.rows >= machine.tally.acknowledged);
  }
}

BOOST_AUTO_TEST_CASE(a_slow_disk_acknowledges_late_and_other_things_happen_meanwhile) {
  Machine machine;
  machine.a.storage().set_commit_latency(5s);
  host::spawn(machine.a, machine.a.session_executor(), "writer",
              insert_rows(machine.a, 1, machine.tally));
  machine.world.run(9'999'000'000, false);
  BOOST_TEST(machine.tally.acknowledged == 0);
  machine.world.run(10'000'000'000, false);
  BOOST_TEST(machine.tally.acknowledged == 1);
}

namespace {

asio::awaitable<void> replace(host::Storage& storage, std::string content, host::ErrorCode& error) {
  error = co_await storage.replace_file("state", std::move(content));
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_replaced_file_is_old_or_new_and_whole_after_a_power_loss_at_any_operation) {
  const std::string old_content(5'000, 'o'), new_content(9'000, 'n');
  const auto at_operation = [&](std::uint64_t nth, world::Side side, std::uint64_t outcome) {
    Machine machine;
    machine.a.disk().set_outcome(outcome);
    host::ErrorCode error;
    const auto start = [&](std::string content) {
      host::spawn(machine.a, machine.a.session_executor(), "writer",
                  replace(machine.a.storage(), std::move(content), error));
      machine.world.run(INT64_MAX, true);
    };
    start(old_content);
    BOOST_REQUIRE(!error);
    machine.a.die_at(world::Death::power_loss, {world::DiskMoment::Unit::operation, side, nth});
    start(new_content);
    if (machine.a.alive()) machine.a.lose_power();
    machine.a.restart();
    const std::string left = machine.a.storage().read_file("state").value();
    BOOST_TEST((left == old_content || left == new_content));
    return left == new_content;
  };
  int replaced = 0;
  for (std::uint64_t outcome = 0; outcome < 20; ++outcome) {
    BOOST_TEST(!at_operation(1, world::Side::before, outcome));
    for (std::uint64_t nth = 1; nth <= 5; ++nth)
      for (const world::Side side : {world::Side::before, world::Side::after})
        replaced += at_operation(nth, side, outcome);
    BOOST_TEST(at_operation(5, world::Side::after, outcome));   // the directory is synced
    BOOST_TEST(at_operation(6, world::Side::before, outcome));  // no sixth: it was acknowledged
  }
  BOOST_TEST(replaced > 20);
  BOOST_TEST(replaced < 180);
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_replaced_stays_as_it_was) {
  Machine machine;
  host::ErrorCode error;
  const auto start = [&](std::string content) {
    host::spawn(machine.a, machine.a.session_executor(), "writer",
                replace(machine.a.storage(), std::move(content), error));
    machine.world.run(INT64_MAX, true);
  };
  start("old");
  machine.a.disk().set_faults({.full_after_bytes = 1, .sync_fails_at = {}, .write_fails_at = {}});
  start("new content");
  BOOST_TEST(error == boost::system::errc::no_space_on_device);
  machine.a.disk().set_faults({.full_after_bytes = {}, .sync_fails_at = 1, .write_fails_at = {}});
  start("new content");
  BOOST_TEST(error == boost::system::errc::io_error);
  BOOST_TEST(machine.a.storage().read_file("state").value() == "old");
  BOOST_TEST(machine.a.disk().names().size() == 1u);
}
