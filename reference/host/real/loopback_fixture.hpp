// A real host in a directory of its own, and a run that ends when everything it started has ended.
// For tests on the loopback interface.
#pragma once

#include <stdlib.h>

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "reference/host/io.hpp"
#include "reference/host/real/real_host.hpp"

namespace host::test {

using namespace std::chrono_literals;

class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string made = (std::filesystem::temp_directory_path() / "real-host-XXXXXX").string();
    if (!::mkdtemp(made.data())) throw std::runtime_error("no temporary directory");
    path_ = made;
  }
  ~TemporaryDirectory() { std::filesystem::remove_all(path_); }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

struct Loopback {
  explicit Loopback(unsigned session_threads = 1)
      : host({.data_directory = directory.path(),
              .session_threads = session_threads,
              .log = [this](std::string_view line) { lines.emplace_back(line); },
              .key_log_file = directory.path() / "keys"}) {}

  /// Starts `work` on a session executor; run() waits for its end.
  void start(boost::asio::awaitable<void> work) { start(host.session_executor(), std::move(work)); }
  void start(const boost::asio::any_io_executor& executor, boost::asio::awaitable<void> work) {
    ++running;
    spawn(host, executor, "test", track(std::move(work)));
  }

  /// Until all has ended. A test that hangs fails here.
  void run(Duration limit = 60s) {
    bool expired = false;
    const auto executor = host.session_executor();
    auto watchdog = host.make_timer(TimerKind::activity, executor);
    watchdog->start_wait(host.mono_now() + limit, Timer::WaitCompletion(executor, [&](ErrorCode) {
                           expired = true;
                           host.stop();
                         }));
    host.run();
    BOOST_TEST(!expired, "the test hangs");
    BOOST_TEST(lines.empty(), (lines.empty() ? "" : lines.front()));
  }

  std::unique_ptr<Acceptor> listen() {
    return host.listen({boost::asio::ip::address_v4::loopback(), 0}, host.session_executor())
        .value();
  }
  MonoTime in(Duration duration) { return host.mono_now() + duration; }

  TemporaryDirectory directory;
  std::vector<std::string> lines;  ///< logged; a test that expects some takes them
  RealHost host;
  std::atomic<int> running = 0;

 private:
  boost::asio::awaitable<void> track(boost::asio::awaitable<void> work) {
    std::exception_ptr failure;
    try {
      co_await std::move(work);
    } catch (...) {
      failure = std::current_exception();
    }
    if (failure) {
      try {
        std::rethrow_exception(failure);
      } catch (const std::exception& error) {
        host.log(Severity::error, "test", error.what());
      }
    }
    if (--running == 0) host.stop();
  }
};

/// A connected pair: `client` as connect() gave it, `server` as accept() did.
struct Pair {
  std::unique_ptr<Stream> client;
  std::unique_ptr<Stream> server;
};

inline boost::asio::awaitable<Pair> connect_pair(Loopback& loopback) {
  auto acceptor = loopback.listen();
  auto connecting = loopback.host.connect(acceptor->local(), loopback.in(10s));
  auto client = co_await std::move(connecting);
  auto server = co_await accept(*acceptor);
  co_return Pair{std::move(client).value(), std::move(server).value()};
}

/// Reads until an error, which it returns.
inline boost::asio::awaitable<ErrorCode> read_to_end(Loopback& loopback, Stream& stream,
                                                     std::string& into) {
  for (;;) {
    const ErrorCode error = co_await read_some(loopback.host, stream, into, loopback.in(20s));
    if (error) co_return error;
  }
}

/// Bytes whose order shows.
inline std::string pattern(std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 31 % 251);
  return bytes;
}

}  // namespace host::test
