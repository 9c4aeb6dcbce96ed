// How the durable queue grows: 10^3 to 10^6 delayed messages in one queue file, on a real file
// system.
//
//   cmake --preset release -DSEALCHECK_BENCHMARKS=ON && ninja -C build/release benchmarks
//   build/release/reference/queue/queue_benchmark [--benchmark_filter=/1000$]
// For each size the counters tell: insert_us (a message, with 64 under way at a time: group
// commit), next_us (to learn when the next attempt is due), attempt_us (fetch one due recipient,
// record its outcome durably), restart_ms (open the file again and know the next attempt), rss_mb
// (growth of the process's resident memory since it was empty), file_mb. Bodies are 600 bytes.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>

#include "reference/host/io.hpp"
#include "reference/host/real/real_host.hpp"
#include "reference/queue/queue.hpp"

namespace {

using namespace sealgate;
using boost::asio::awaitable;
using Clock = std::chrono::steady_clock;

constexpr int under_way_max = 64;
constexpr int attempts_measured = 200;

double us_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::micro>(Clock::now() - begin).count();
}

double resident_mb() {
  std::ifstream statm("/proc/self/statm");
  std::size_t total = 0;
  std::size_t resident = 0;
  statm >> total >> resident;
  return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

// A delayed message; the due times are spread, and no two neighbours are due one after the other.
queue::NewMessage make_message(std::int64_t number, host::WallTime now) {
  queue::NewMessage message;
  message.envelope.reverse_path = "alice@corp.test";
  message.received_at = now;
  message.encrypt = true;
  message.content =
      "Subject: number " + std::to_string(number) + "\r\n\r\n" + std::string(570, 'x');
  queue::NewRecipient recipient;
  recipient.forward_path = "bob@partner" + std::to_string(number % 997) + ".test";
  recipient.state = queue::RecipientState::delayed;
  recipient.queue_name = "delayed";
  recipient.next_attempt_at = now + std::chrono::seconds(number * 7919 % 86'400);
  recipient.expires_at = now + std::chrono::hours(24 * 5);
  message.recipients.push_back(std::move(recipient));
  return message;
}

struct Figures {
  double insert_us = 0;
  double next_us = 0;
  double attempt_us = 0;
  double restart_ms = 0;
};

awaitable<void> insert_share(queue::Queue& queue, std::int64_t begin, std::int64_t end,
                             host::WallTime now, int& running) {
  for (std::int64_t i = begin; i < end; i += under_way_max) {
    auto message = make_message(i, now);
    const auto inserted = co_await queue.insert(std::move(message));
    if (!inserted) throw std::runtime_error("insert: " + inserted.error().message());
  }
  --running;
}

awaitable<void> fill(host::Host& host, queue::Queue& queue, std::int64_t count, Figures& figures) {
  const auto now = host.wall_now();
  const auto begin = Clock::now();
  int running = under_way_max;
  for (int i = 0; i < under_way_max; ++i)
    host::spawn(host, host.queue_executor(), "insert", insert_share(queue, i, count, now, running));
  const auto timer = host.make_timer(host::TimerKind::activity, host.queue_executor());
  while (running > 0)
    co_await host::wait_until(*timer, host.mono_now() + std::chrono::milliseconds(1));
  figures.insert_us = us_since(begin) / static_cast<double>(count);
}

awaitable<void> attempt(host::Host& host, queue::Queue& queue, Figures& figures) {
  auto begin = Clock::now();
  for (int i = 0; i < attempts_measured; ++i) co_await queue.next_due();
  figures.next_us = us_since(begin) / attempts_measured;
  begin = Clock::now();
  const auto far = host.wall_now() + std::chrono::hours(48);
  for (int i = 0; i < attempts_measured; ++i) {
    const auto due = co_await queue.due(far, 1);
    queue::RecipientUpdate update;
    update.n = due->front().n;
    update.state = queue::RecipientState::delayed;
    update.queue_name = "delayed";
    update.reason = "handshake-failed";
    update.at = host.wall_now();
    update.next_attempt_at = host.wall_now() + std::chrono::minutes(15);
    std::vector<queue::RecipientUpdate> updates{update};
    co_await queue.record_attempts(due->front().message, std::move(updates));
  }
  figures.attempt_us = us_since(begin) / attempts_measured;
}

awaitable<void> measure(host::RealHost& host, std::int64_t count, Figures& figures) {
  auto queue = co_await queue::Queue::open(host);
  co_await fill(host, *queue, count, figures);
  co_await attempt(host, *queue, figures);
  queue.reset();
  const auto begin = Clock::now();
  queue = co_await queue::Queue::open(host);
  co_await queue->next_due();
  figures.restart_ms = us_since(begin) / 1000;
  host.stop();
}

void delayed_messages(benchmark::State& state) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("queue-benchmark-" + std::to_string(::getpid()));
  Figures figures;
  const double empty_mb = resident_mb();
  double full_mb = 0;
  double file_mb = 0;
  for (auto _ : state) {
    std::filesystem::create_directory(folder);
    {
      host::RealHost host({.data_directory = folder});
      host::spawn(host, host.queue_executor(), "benchmark", measure(host, state.range(0), figures));
      host.run();
      full_mb = resident_mb();
    }
    for (const auto& file : std::filesystem::directory_iterator(folder))
      file_mb += static_cast<double>(file.file_size()) / 1e6;
    std::filesystem::remove_all(folder);
  }
  state.counters["insert_us"] = figures.insert_us;
  state.counters["next_us"] = figures.next_us;
  state.counters["attempt_us"] = figures.attempt_us;
  state.counters["restart_ms"] = figures.restart_ms;
  state.counters["rss_mb"] = full_mb - empty_mb;
  state.counters["file_mb"] = file_mb;
}
BENCHMARK(delayed_messages)
    ->RangeMultiplier(10)
    ->Range(1'000, 1'000'000)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
