// host::Host on the machine itself: Asio for clocks and sockets, a directory for storage. Linux.
//
// Executors. With one session thread everything that completes on session_executor() or
// queue_executor() runs on the thread in run(), one thing at a time. With several, each call of
// session_executor() makes a strand of its own and queue_executor() is one strand: take a session's
// executor once and stay on it. A connected stream runs on the executor of the coroutine that
// connects. An accepted one gets a fresh session executor, unless its acceptor is on the queue
// executor: then the queue executor.
//
// A stream, a timer or a datagram socket is used on its executor. Everything of the host itself and
// of its storage is safe from any thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <optional>

#include "reference/host/host.hpp"
#include "reference/host/real/key_log_file.hpp"
#include "reference/host/real/operator_log.hpp"
#include "reference/host/real/real_storage.hpp"

namespace host {

class RealHost final : public Host {
 public:
  struct Options {
    std::filesystem::path data_directory;  ///< exists, writable, nobody else's while the host lives
    unsigned session_threads = 1;          ///< at least 1; run()'s caller is the first of them
    LogSink log = {};                      ///< empty: standard error
    std::optional<std::filesystem::path> key_log_file = {};  ///< TLS secrets are dropped without
  };

  /// Throws std::runtime_error naming what cannot be used.
  explicit RealHost(Options options);
  /// Requires: not in run(). What still waits is destroyed uncalled, like in a crash; a storage
  /// batch in hand is finished.
  ~RealHost() override;

  /// Runs completions until stop(). An exception that leaves one ends it and comes out here. It may
  /// be called again and goes on then.
  void run();
  /// From any thread; not from a signal handler. Before run(): the next run() returns at once.
  void stop();

  boost::asio::any_io_executor session_executor() override;
  boost::asio::any_io_executor queue_executor() override { return queue_executor_; }
  WallTime wall_now() override;
  MonoTime mono_now() override;
  std::unique_ptr<Timer> make_timer(TimerKind kind, boost::asio::any_io_executor executor) override;
  boost::asio::awaitable<Result<std::unique_ptr<Stream>>> connect(Endpoint remote,
                                                                  MonoTime deadline) override;
  Result<std::unique_ptr<Acceptor>> listen(Endpoint local,
                                           boost::asio::any_io_executor executor) override;
  Result<std::unique_ptr<DatagramSocket>> bind_datagram(
      Endpoint local, boost::asio::any_io_executor executor) override;
  Storage& storage() override { return storage_; }
  void fill_random(std::span<std::byte> bytes) override;
  void log(Severity severity, std::string_view component, std::string_view text) override;
  bool wants_tls_secrets() const override { return key_log_.has_value(); }
  void on_tls_secret(std::string_view key_log_line) override;

 private:
  const unsigned session_threads_;
  OperatorLog log_;
  std::optional<KeyLogFile> key_log_;
  // Before the context: coroutines that it destroys own databases.
  RealStorage storage_;
  boost::asio::io_context context_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  boost::asio::any_io_executor queue_executor_;
};

}  // namespace host
