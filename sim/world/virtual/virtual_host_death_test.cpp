// Deaths, pauses, clock jumps and restarts of simulated machines.
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/test/unit_test.hpp>

#include "reference/host/io.hpp"
#include "sim/world/virtual/world.hpp"

namespace {

using namespace sealcheck;
using namespace std::chrono_literals;
namespace asio = boost::asio;

struct TwoHosts {
  trace::Trace trace;
  world::World world{7, trace};
  world::VirtualHost& a = world.add_host("a.test", {asio::ip::make_address("192.0.2.1")});
  world::VirtualHost& b = world.add_host("b.test", {asio::ip::make_address("192.0.2.2")});

  void run() { world.run(INT64_MAX, true); }
  template <class Work>
  void start(world::VirtualHost& host, Work work) {
    host::spawn(host, host.session_executor(), "test", std::move(work));
  }
};

// Tells when it is destroyed.
struct Witness {
  explicit Witness(bool& a_gone) : gone(a_gone) {}
  Witness(const Witness&) = delete;
  ~Witness() { gone = true; }
  bool& gone;
};

asio::awaitable<void> wait(host::Host& host, host::Duration time, bool& done) {
  const auto timer = host.make_timer(host::TimerKind::activity, host.session_executor());
  co_await host::wait_until(*timer, host.mono_now() + time);
  done = true;
}

// Dies in the middle of its own task, with a frame on the stack that must live until it suspends.
asio::awaitable<void> die_and_go_on(world::VirtualHost& host, world::Death death, bool& gone,
                                    bool& went_on, bool& woke) {
  const Witness witness(gone);
  host.die(death);
  host.log(host::Severity::info, "test", "a dead machine says nothing");
  went_on = !gone;
  const auto executor = host.session_executor();
  auto token = asio::use_awaitable;
  co_await asio::post(executor, token);
  woke = true;
}

asio::awaitable<void> accept_and_read(host::Host& host, host::Acceptor& acceptor,
                                      std::string& bytes, host::ErrorCode& error) {
  auto accepted = co_await host::accept(acceptor);
  auto stream = std::move(accepted).value();
  while (!error) {
    std::string some;
    error = co_await host::read_some(host, *stream, some, host.mono_now() + 24h);
    bytes += some;
  }
}

asio::awaitable<void> connect_and_write(host::Host& host, host::Endpoint to, host::Duration every,
                                        host::ErrorCode& error) {
  auto connected = co_await host.connect(to, host.mono_now() + 30s);
  auto stream = std::move(connected).value();
  const auto timer = host.make_timer(host::TimerKind::activity, host.session_executor());
  for (int i = 0; i < 10 && !error; ++i) {
    const std::string byte = "x";
    error = co_await host::write_all(host, *stream, byte, host.mono_now() + 60s);
    co_await host::wait_until(*timer, host.mono_now() + every);
  }
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_machine_that_dies_in_its_own_task_is_taken_apart_after_it, TwoHosts) {
  for (const world::Death death : {world::Death::kill, world::Death::power_loss}) {
    bool gone = false, went_on = false, woke = false;
    start(a, die_and_go_on(a, death, gone, went_on, woke));
    run();
    BOOST_TEST(went_on);
    BOOST_TEST(gone);
    BOOST_TEST(!woke);
    BOOST_TEST(!a.alive());
    for (const auto& event : trace.events()) BOOST_TEST(event.kind != "host.log");
    a.restart();
  }
}

BOOST_FIXTURE_TEST_CASE(a_new_incarnation_runs_and_nothing_of_the_old_one_does, TwoHosts) {
  bool old_one = false, new_one = false;
  start(a, wait(a, 10s, old_one));
  world.run(1'000'000'000, false);
  a.lose_power();
  a.restart();
  start(a, wait(a, 10s, new_one));
  run();
  BOOST_TEST(!old_one);
  BOOST_TEST(new_one);
  BOOST_TEST(trace.events().back().field("incarnation") == "1");
}

BOOST_FIXTURE_TEST_CASE(a_killed_programs_cache_is_lost_with_the_power_until_it_is_written_back,
                        TwoHosts) {
  int survived_at_once = 0;
  for (std::uint64_t outcome = 0; outcome < 40; ++outcome) {
    a.disk().set_outcome(outcome);
    const std::string at_once = "at-once-" + std::to_string(outcome);
    a.disk().write(a.disk().create(at_once), 0, "x");
    a.kill();
    BOOST_TEST(a.disk().find(at_once));  // the page cache lives on
    world.run(world.scheduler().now() + 1'000'000'000, false);
    a.lose_power();
    a.restart();
    survived_at_once += a.disk().find(at_once) != nullptr;
    const std::string later = "later-" + std::to_string(outcome);
    a.disk().create(later);
    a.kill();
    world.run(world.scheduler().now() + 31'000'000'000, false);
    a.lose_power();
    a.restart();
    BOOST_TEST(a.disk().find(later));
  }
  BOOST_TEST(survived_at_once > 3);
  BOOST_TEST(survived_at_once < 37);
}

BOOST_FIXTURE_TEST_CASE(a_killed_program_finds_its_unsynced_files_again, TwoHosts) {
  a.disk().write(a.disk().create("f"), 0, "x");
  a.kill();
  a.restart();
  BOOST_TEST(a.storage().read_file("f").value() == "x");
}

BOOST_FIXTURE_TEST_CASE(the_peer_of_a_machine_without_power_learns_of_it_when_it_sends, TwoHosts) {
  auto acceptor = b.listen({b.address(), 25}, b.session_executor()).value();
  std::string bytes;
  host::ErrorCode server_error, client_error;
  start(b, accept_and_read(b, *acceptor, bytes, server_error));
  start(a, connect_and_write(a, {b.address(), 25}, 10s, client_error));
  world.run(15'000'000'000, false);
  b.lose_power();
  acceptor.reset();
  world.run(25'000'000'000, false);
  BOOST_TEST(!client_error);  // half-open: what it sends goes nowhere, and nobody says so
  b.restart();
  run();
  BOOST_TEST(client_error == host::ErrorCode(asio::error::connection_reset));
  BOOST_TEST(bytes == "xx");
}

BOOST_FIXTURE_TEST_CASE(a_paused_program_stands_still_and_finds_everything_afterwards, TwoHosts) {
  auto acceptor = b.listen({b.address(), 25}, b.session_executor()).value();
  std::string bytes;
  host::ErrorCode server_error, client_error;
  start(b, accept_and_read(b, *acceptor, bytes, server_error));
  start(a, connect_and_write(a, {b.address(), 25}, 1s, client_error));
  world.run(2'500'000'000, false);
  BOOST_TEST(bytes == "xxx");
  b.pause_for(10min);
  world.run(602'000'000'000, false);
  BOOST_TEST(bytes == "xxx");
  run();  // not at rest before the end of the pause
  BOOST_TEST(world.scheduler().now() >= 602'500'000'000);
  BOOST_TEST(bytes == std::string(10, 'x'));
  BOOST_TEST(!client_error);
}

BOOST_FIXTURE_TEST_CASE(a_pause_ends_with_the_incarnation_that_it_held_up, TwoHosts) {
  a.pause_for(10min);
  world.run(60'000'000'000, false);
  a.kill();
  a.restart();
  bool done = false;
  start(a, wait(a, 1s, done));
  a.pause_for(1h);
  world.run(660'000'000'000, false);  // the end of the first pause is none of its business
  BOOST_TEST(!done);
  run();
  BOOST_TEST(done);
}

BOOST_FIXTURE_TEST_CASE(a_clock_jump_moves_the_wall_clock_of_one_machine_and_no_timer, TwoHosts) {
  bool done = false;
  start(a, wait(a, 1h, done));
  const auto wall = a.wall_now();
  const auto mono = a.mono_now();
  a.jump_clock(2h);
  BOOST_TEST((a.wall_now() - wall == 2h));
  BOOST_TEST((a.mono_now() == mono));
  BOOST_TEST((b.wall_now() == wall));
  a.jump_clock(-5h);
  BOOST_TEST((a.wall_now() - wall == -3h));
  world.run(3'599'000'000'000, false);
  BOOST_TEST(!done);
  run();
  BOOST_TEST(done);
}

BOOST_FIXTURE_TEST_CASE(an_ordered_death_waits_for_its_moment_and_counts_from_the_order, TwoHosts) {
  const auto file = a.disk().create("f");
  a.die_at(world::Death::power_loss, {world::DiskMoment::Unit::operation, world::Side::before, 3});
  a.disk().write(file, 0, "1");
  a.disk().write(file, 0, "2");
  BOOST_TEST(a.alive());
  BOOST_TEST(a.moments_seen() == 2u);
  a.disk().write(file, 0, "3");
  BOOST_TEST(!a.alive());
  a.restart();
  BOOST_TEST(!a.death_is_ordered());
}
