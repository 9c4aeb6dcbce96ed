#include "reference/host/real/real_host.hpp"

#include <sys/random.h>

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <cerrno>
#include <system_error>
#include <thread>

#include "reference/host/initiate.hpp"
#include "reference/host/real/clocks.hpp"
#include "reference/host/real/real_timer.hpp"
#include "reference/host/real/tcp_acceptor.hpp"
#include "reference/host/real/tcp_connect.hpp"
#include "reference/host/real/udp_socket.hpp"

namespace host {

namespace asio = boost::asio;

RealHost::RealHost(Options options)
    : session_threads_(std::max(options.session_threads, 1u)),
      log_(std::move(options.log)),
      storage_(std::move(options.data_directory)),
      context_(static_cast<int>(session_threads_)),
      work_(asio::make_work_guard(context_)),
      queue_executor_(asio::make_strand(context_)) {
  if (options.key_log_file) key_log_.emplace(*options.key_log_file);
}

RealHost::~RealHost() {
  storage_.stop();
}

void RealHost::run() {
  std::exception_ptr failure;
  std::mutex mutex;
  const auto serve = [&] {
    try {
      context_.run();
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
      context_.stop();
    }
  };
  std::vector<std::thread> others;
  for (unsigned i = 1; i < session_threads_; ++i) others.emplace_back(serve);
  serve();
  for (std::thread& thread : others) thread.join();
  context_.restart();
  if (failure) std::rethrow_exception(failure);
}

void RealHost::stop() {
  context_.stop();
}

asio::any_io_executor RealHost::session_executor() {
  // One thread is a strand already.
  if (session_threads_ == 1) return context_.get_executor();
  return asio::make_strand(context_);
}

WallTime RealHost::wall_now() {
  return real_wall_now();
}

MonoTime RealHost::mono_now() {
  return real_mono_now();
}

std::unique_ptr<Timer> RealHost::make_timer(TimerKind, asio::any_io_executor executor) {
  return make_real_timer(std::move(executor));
}

asio::awaitable<Result<std::unique_ptr<Stream>>> RealHost::connect(Endpoint remote,
                                                                   MonoTime deadline) {
  const asio::any_io_executor executor = co_await asio::this_coro::executor;
  auto start = [executor, remote, deadline](ConnectCompletion done) {
    start_tcp_connect(executor, remote, deadline, std::move(done));
  };
  auto [error, stream] =
      co_await initiate<ErrorCode, std::unique_ptr<Stream>>(executor, std::move(start));
  if (error) co_return error;
  co_return std::move(stream);
}

Result<std::unique_ptr<Acceptor>> RealHost::listen(Endpoint local, asio::any_io_executor executor) {
  const bool on_queue = executor == queue_executor_;
  auto stream_executor = [this, on_queue] {
    return on_queue ? queue_executor_ : session_executor();
  };
  return listen_on_tcp(local, std::move(executor), std::move(stream_executor));
}

Result<std::unique_ptr<DatagramSocket>> RealHost::bind_datagram(Endpoint local,
                                                                asio::any_io_executor executor) {
  if (local.port != 0) return bind_udp(local, std::move(executor));
  // The kernel's own choice would be made from a smaller range (RFC 5452 section 10).
  for (;;) {
    std::uint16_t draw = 0;
    fill_random(std::as_writable_bytes(std::span(&draw, 1)));
    constexpr unsigned first_unprivileged = 1024;
    if (draw < first_unprivileged) continue;
    local.port = draw;
    auto socket = bind_udp(local, executor);
    if (socket || socket.error() != asio::error::address_in_use) return socket;
  }
}

void RealHost::fill_random(std::span<std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::getrandom(bytes.data(), bytes.size(), 0);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw std::system_error(errno, std::generic_category(), "getrandom");
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
}

void RealHost::log(Severity severity, std::string_view component, std::string_view text) {
  log_.write(wall_now(), severity, component, text);
}

void RealHost::on_tls_secret(std::string_view key_log_line) {
  if (key_log_) key_log_->append(key_log_line);
}

}  // namespace host
