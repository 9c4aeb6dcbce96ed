#include "sim/world/virtual/world.hpp"

#include <openssl/rand.h>
#include <sqlite3.h>
#include <time.h>

#include <boost/test/unit_test.hpp>
#include <cstring>

#include "reference/host/io.hpp"

namespace {

using namespace sealcheck;
using namespace std::chrono_literals;
namespace asio = boost::asio;

host::Address address(const char* text) {
  return asio::ip::make_address(text);
}

struct TwoHosts {
  trace::Trace trace;
  world::World world{7, trace};
  world::VirtualHost& a = world.add_host("a.test", {address("192.0.2.1")});
  world::VirtualHost& b = world.add_host("b.test", {address("192.0.2.2")});

  void run() { world.run(INT64_MAX, true); }
};

asio::awaitable<void> echo_once(host::Host& host, host::Acceptor& acceptor) {
  auto accepted = co_await host::accept(acceptor);
  if (!accepted) co_return;
  auto stream = std::move(accepted).value();
  std::string bytes;
  while (!co_await host::read_some(host, *stream, bytes, host.mono_now() + 60s)) {
    co_await host::write_all(host, *stream, bytes, host.mono_now() + 60s);
    bytes.clear();
  }
}

struct Outcome {
  host::ErrorCode error;
  std::string received;
};

asio::awaitable<void> send_and_read(host::Host& host, host::Endpoint to, std::string bytes,
                                    Outcome& outcome) {
  auto connected = co_await host.connect(to, host.mono_now() + 30s);
  if (!connected) {
    outcome.error = connected.error();
    co_return;
  }
  auto stream = std::move(connected).value();
  outcome.error = co_await host::write_all(host, *stream, bytes, host.mono_now() + 60s);
  while (!outcome.error && outcome.received.size() < bytes.size())
    outcome.error =
        co_await host::read_some(host, *stream, outcome.received, host.mono_now() + 60s);
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(bytes_travel_both_ways_in_order_and_in_segments, TwoHosts) {
  auto acceptor = b.listen({b.address(), 25}, b.session_executor()).value();
  host::spawn(b, b.session_executor(), "echo", echo_once(b, *acceptor));
  std::string bytes;
  for (int i = 0; i < 200'000; ++i) bytes += static_cast<char>(i * 31 % 251);
  Outcome outcome;
  host::spawn(a, a.session_executor(), "client",
              send_and_read(a, {b.address(), 25}, bytes.substr(0, 50'000), outcome));
  run();
  BOOST_TEST(!outcome.error);
  BOOST_TEST((outcome.received == bytes.substr(0, 50'000)));
  std::size_t segments = 0;
  for (const auto& event : trace.events()) {
    if (event.kind != "tcp.data") continue;
    ++segments;
    BOOST_TEST(event.payload.size() <= 1460u);
  }
  BOOST_TEST(segments > 50'000u * 2 / 1460);
}

BOOST_FIXTURE_TEST_CASE(a_host_without_a_listener_refuses, TwoHosts) {
  Outcome outcome;
  host::spawn(a, a.session_executor(), "client", send_and_read(a, {b.address(), 25}, "x", outcome));
  run();
  BOOST_TEST(outcome.error == host::ErrorCode(asio::error::connection_refused));
}

BOOST_FIXTURE_TEST_CASE(an_address_nobody_holds_times_out_at_the_deadline, TwoHosts) {
  Outcome outcome;
  host::spawn(a, a.session_executor(), "client",
              send_and_read(a, {address("192.0.2.99"), 25}, "x", outcome));
  run();
  BOOST_TEST(outcome.error == make_error_code(host::Error::timed_out));
  BOOST_TEST(world.scheduler().now() == 30'000'000'000);
}

BOOST_FIXTURE_TEST_CASE(a_dead_host_falls_silent_and_its_coroutines_vanish, TwoHosts) {
  auto acceptor = b.listen({b.address(), 25}, b.session_executor()).value();
  host::spawn(b, b.session_executor(), "echo", echo_once(b, *acceptor));
  Outcome outcome;
  host::spawn(a, a.session_executor(), "client",
              send_and_read(a, {b.address(), 25}, "hello", outcome));
  world.run(INT64_MAX, true,
            [&] { return !outcome.received.empty() || trace.events().size() > 1; });
  b.lose_power();
  run();
  BOOST_TEST(outcome.error == make_error_code(host::Error::timed_out));
}

BOOST_FIXTURE_TEST_CASE(a_killed_program_closes_its_sockets, TwoHosts) {
  auto acceptor = b.listen({b.address(), 25}, b.session_executor()).value();
  host::spawn(b, b.session_executor(), "echo", echo_once(b, *acceptor));
  Outcome outcome;
  host::spawn(a, a.session_executor(), "client",
              send_and_read(a, {b.address(), 25}, std::string(10, 'x'), outcome));
  world.run(INT64_MAX, true, [&] { return trace.events().size() > 1; });
  b.kill();
  run();
  BOOST_TEST(outcome.error);
  BOOST_TEST(outcome.error != make_error_code(host::Error::timed_out));
}

BOOST_FIXTURE_TEST_CASE(libraries_see_the_worlds_clock_and_entropy, TwoHosts) {
  world.run(5'000'000'000, false);
  BOOST_TEST(::time(nullptr) ==
             std::chrono::duration_cast<std::chrono::seconds>(world.wall_epoch().time_since_epoch())
                     .count() +
                 5);
  unsigned char first[8];
  unsigned char second[8];
  RAND_bytes(first, sizeof first);
  RAND_bytes(second, sizeof second);
  BOOST_TEST(std::memcmp(first, second, sizeof first) != 0);
}

namespace {

std::string hash_of_one_run(std::uint64_t seed) {
  trace::Trace trace;
  world::World world(seed, trace);
  auto& a = world.add_host("a.test", {address("192.0.2.1")});
  auto& b = world.add_host("b.test", {address("192.0.2.2")});
  auto acceptor = b.listen({b.address(), 25}, b.session_executor()).value();
  host::spawn(b, b.session_executor(), "echo", echo_once(b, *acceptor));
  std::string bytes(16, '\0');
  a.fill_random(std::as_writable_bytes(std::span(bytes)));
  Outcome outcome;
  host::spawn(a, a.session_executor(), "client",
              send_and_read(a, {b.address(), 25}, bytes, outcome));
  world.run(INT64_MAX, true);
  return trace.hash();
}

}  // namespace

BOOST_AUTO_TEST_CASE(one_seed_gives_one_hash_and_another_seed_another) {
  BOOST_TEST(hash_of_one_run(1) == hash_of_one_run(1));
  BOOST_TEST(hash_of_one_run(1) != hash_of_one_run(2));
}

namespace {

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

asio::awaitable<void> insert_rows(host::Database& database, int& acknowledged) {
  auto create = [](sqlite3* c) { return run_sql(c, "CREATE TABLE IF NOT EXISTS t(x)"); };
  co_await database.commit(create);
  for (;;) {
    auto insert = [](sqlite3* c) { return run_sql(c, "INSERT INTO t VALUES(randomblob(900))"); };
    const host::ErrorCode error = co_await database.commit(insert);
    if (error) co_return;
    ++acknowledged;
  }
}

asio::awaitable<void> read_count(host::Database& database, int& rows, bool& intact) {
  auto read = [&](sqlite3* c) {
    rows = count_rows(c);
    intact = !run_sql(c, "PRAGMA integrity_check");
    return host::ErrorCode{};
  };
  co_await database.read(read);
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_was_committed_survives_a_power_loss_at_any_time) {
  int survived_unacknowledged = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    trace::Trace trace;
    world::World world(seed, trace);
    auto& a = world.add_host("a.test", {address("192.0.2.1")});
    auto database = a.storage().open_database("queue.db");
    int acknowledged = 0;
    host::spawn(a, a.session_executor(), "writer", insert_rows(*database, acknowledged));
    world.run(static_cast<std::int64_t>(seed) * 1'000'003, false);
    a.lose_power();
    database.reset();
    a.restart();
    database = a.storage().open_database("queue.db");
    int rows = -1;
    bool intact = false;
    host::spawn(a, a.session_executor(), "reader", read_count(*database, rows, intact));
    world.run(INT64_MAX, true);
    BOOST_TEST(intact);
    BOOST_TEST(rows >= acknowledged);
    BOOST_TEST(rows <= acknowledged + 1);
    survived_unacknowledged += rows - acknowledged;
  }
  BOOST_TEST(survived_unacknowledged > 0);  // the loss does fall into commits in flight
}
