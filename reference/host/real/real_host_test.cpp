#include "reference/host/real/real_host.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

#include "reference/host/real/loopback_fixture.hpp"

using namespace host;
using namespace host::test;
namespace asio = boost::asio;
using asio::awaitable;

BOOST_FIXTURE_TEST_CASE(timers_fire_in_order_and_a_time_in_the_past_is_now, Loopback) {
  const auto executor = host.session_executor();
  std::string order;
  std::vector<std::unique_ptr<Timer>> timers;
  const auto wait = [&](Duration delay, char name) {
    timers.push_back(host.make_timer(TimerKind::activity, executor));
    const auto due = in(delay);
    timers.back()->start_wait(due, Timer::WaitCompletion(executor, [&, due, name](ErrorCode error) {
                                BOOST_TEST(!error);
                                BOOST_TEST((host.mono_now() >= due));
                                order += name;
                                if (order.size() == 3) host.stop();
                              }));
  };
  wait(40ms, 'c');
  wait(20ms, 'b');
  wait(-1h, 'a');
  run();
  BOOST_TEST(order == "abc");
}

BOOST_FIXTURE_TEST_CASE(a_wait_that_is_replaced_or_cancelled_is_aborted, Loopback) {
  const auto executor = host.session_executor();
  auto timer = host.make_timer(TimerKind::schedule, executor);
  auto dropped = host.make_timer(TimerKind::schedule, executor);
  std::string order;
  const auto note = [&](char name) {
    return Timer::WaitCompletion(executor, [&order, name](ErrorCode error) {
      order += name;
      order += error == asio::error::operation_aborted ? '-' : '+';
    });
  };
  dropped->start_wait(in(0ms), note('x'));
  dropped.reset();
  timer->start_wait(in(0ms), note('a'));
  timer->start_wait(in(1h), note('b'));
  timer->cancel();
  timer->start_wait(in(10ms), note('c'));
  auto end = host.make_timer(TimerKind::schedule, executor);
  end->start_wait(in(30ms), Timer::WaitCompletion(executor, [&](ErrorCode) { host.stop(); }));
  run();
  BOOST_TEST(order == "a-b-c+");
}

BOOST_FIXTURE_TEST_CASE(a_line_of_the_log_is_one_line, Loopback) {
  host.log(Severity::warning, "inbound", "HELO evil\r\n2026 error forged: \x7f \xc3\xa4");
  BOOST_REQUIRE(lines.size() == 1u);
  const std::string line = lines.front();
  const std::string now = to_rfc3339(host.wall_now());
  BOOST_TEST(line.substr(0, 4) == now.substr(0, 4));
  BOOST_TEST(line.substr(29) ==
             "Z warning inbound: HELO evil\\x0d\\x0a2026 error forged: \\x7f \xc3\xa4");
}

BOOST_FIXTURE_TEST_CASE(random_bytes_differ, Loopback) {
  std::string a(1000, '\0');
  std::string b(1000, '\0');
  host.fill_random(std::as_writable_bytes(std::span(a)));
  host.fill_random(std::as_writable_bytes(std::span(b)));
  BOOST_TEST((a != b));
  BOOST_TEST((a.substr(900) != std::string(100, '\0')));
}

BOOST_FIXTURE_TEST_CASE(an_exception_that_leaves_a_handler_comes_out_of_run, Loopback) {
  asio::post(host.queue_executor(), [] { throw std::runtime_error("broken"); });
  BOOST_CHECK_THROW(host.run(), std::runtime_error);
}

namespace {

// What a session may rely on: never two of its steps at once.
struct Exclusive {
  std::atomic<int> inside = 0;
  std::atomic<bool>& violated;
  void step() {
    if (++inside != 1) violated = true;
    --inside;
  }
};

struct Tally {
  std::atomic<int> echoed = 0;
  std::atomic<int> committed = 0;
  std::atomic<bool> violated = false;
};

constexpr int connections = 60;
constexpr int rounds = 20;

awaitable<void> serve(Loopback& loopback, Tally& tally, std::unique_ptr<Stream> stream) {
  Exclusive exclusive{0, tally.violated};
  std::string bytes;
  while (!co_await read_some(loopback.host, *stream, bytes, loopback.in(30s))) {
    exclusive.step();
    co_await write_all(loopback.host, *stream, bytes, loopback.in(30s));
    bytes.clear();
  }
}

awaitable<void> accept_all(Loopback& loopback, Tally& tally, Acceptor& acceptor) {
  for (int i = 0; i < connections; ++i) {
    auto accepted = co_await accept(acceptor);
    auto stream = std::move(accepted).value();
    const auto executor = stream->executor();
    if (executor == acceptor.executor()) tally.violated = true;
    loopback.start(executor, serve(loopback, tally, std::move(stream)));
  }
}

awaitable<void> talk(Loopback& loopback, Tally& tally, Endpoint server, Database& database) {
  auto connecting = loopback.host.connect(server, loopback.in(30s));
  auto connected = co_await std::move(connecting);
  auto stream = std::move(connected).value();
  Exclusive exclusive{0, tally.violated};
  for (int i = 0; i < rounds; ++i) {
    const std::string sent = std::to_string(i);
    co_await write_all(loopback.host, *stream, sent, loopback.in(30s));
    std::string received;
    while (received.size() < sent.size())
      if (co_await read_some(loopback.host, *stream, received, loopback.in(30s))) co_return;
    exclusive.step();
    if (received == sent) ++tally.echoed;
    auto work = [](sqlite3*) { return ErrorCode{}; };
    const auto error = co_await database.commit(work);
    exclusive.step();
    if (!error) ++tally.committed;
  }
}

struct FourThreads : Loopback {
  FourThreads() : Loopback(4) {}
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(many_connections_on_several_threads_each_stay_on_their_strand,
                        FourThreads) {
  Tally tally;
  auto database = host.storage().open_database("queue.sqlite");
  auto acceptor = listen();
  start(acceptor->executor(), accept_all(*this, tally, *acceptor));
  for (int i = 0; i < connections; ++i) {
    auto work = talk(*this, tally, acceptor->local(), *database);
    start(std::move(work));
  }
  run();
  BOOST_TEST(tally.echoed == connections * rounds);
  BOOST_TEST(tally.committed == connections * rounds);
  BOOST_TEST(!tally.violated);
}

namespace {

awaitable<void> accept_for_ever(Acceptor& acceptor, std::atomic<bool>& ended) {
  for (;;) {
    const auto accepted = co_await accept(acceptor);
    if (!accepted) break;
  }
  ended = true;
}

awaitable<void> close_soon(Loopback& loopback, Acceptor& acceptor) {
  auto connecting = loopback.host.connect(acceptor.local(), loopback.in(10s));
  co_await std::move(connecting);
  acceptor.close();  // this is not the acceptor's executor
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(an_acceptor_may_be_closed_from_any_thread, FourThreads) {
  for (int i = 0; i < 50; ++i) {
    std::atomic<bool> ended = false;
    auto acceptor = listen();
    start(acceptor->executor(), accept_for_ever(*acceptor, ended));
    start(close_soon(*this, *acceptor));
    run();
    BOOST_TEST(ended);
  }
}

BOOST_FIXTURE_TEST_CASE(accepted_streams_stay_on_the_queue_executor, FourThreads) {
  const Endpoint local{asio::ip::address_v4::loopback(), 0};
  auto acceptor = host.listen(local, host.queue_executor()).value();
  bool same = false;
  const auto accepting = [](Loopback& loopback, Acceptor& on, bool& result) -> awaitable<void> {
    auto connecting = loopback.host.connect(on.local(), loopback.in(10s));
    auto client = co_await std::move(connecting);
    auto accepted = co_await accept(on);
    result = (*accepted)->executor() == loopback.host.queue_executor();
  };
  start(host.queue_executor(), accepting(*this, *acceptor, same));
  run();
  BOOST_TEST(same);
}

namespace {

struct Witness {
  explicit Witness(int& counter) : count(counter) { ++count; }
  ~Witness() { --count; }
  int& count;
};

// Everything that can wait on a host, owned by the coroutine that waits.
awaitable<void> wait_for_ever(Loopback& loopback, std::shared_ptr<Database> database, int kind,
                              int& alive) {
  const Witness witness(alive);
  auto pair = co_await connect_pair(loopback);
  if (--loopback.running == 0) loopback.host.stop();
  std::string bytes;
  if (kind == 0) co_await read_some(loopback.host, *pair.client, bytes, loopback.in(1h));
  if (kind == 1) {
    auto timer = loopback.host.make_timer(TimerKind::schedule, pair.client->executor());
    co_await wait_until(*timer, loopback.in(1h));
  }
  if (kind == 2) {
    auto acceptor = loopback.listen();
    co_await accept(*acceptor);
  }
  if (kind == 3) {
    auto socket =
        loopback.host.bind_datagram({asio::ip::address_v4::loopback(), 0}, pair.client->executor())
            .value();
    co_await receive(loopback.host, *socket, loopback.in(1h));
  }
  auto work = [](sqlite3*) { return ErrorCode{}; };
  for (;;) co_await database->commit(work);
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_host_that_goes_takes_what_waits_with_it) {
  int alive = 0;
  for (int round = 0; round < 20; ++round) {
    Loopback loopback;
    std::shared_ptr<Database> database = loopback.host.storage().open_database("queue.sqlite");
    for (int kind = 0; kind < 5; ++kind) {
      ++loopback.running;
      auto work = wait_for_ever(loopback, database, kind, alive);
      spawn(loopback.host, loopback.host.session_executor(), "test", std::move(work));
    }
    database.reset();
    loopback.run();
    BOOST_TEST(alive == 5);
  }
  BOOST_TEST(alive == 0);
}
