// What a fake mail exchanger does once it has answered STARTTLS with 220: one function a behaviour.
#include <utility>

#include "fakes/core/tls_alert.hpp"
#include "fakes/mx/mx_connection.hpp"
#include "reference/host/io.hpp"
#include "reference/host/tls_stream.hpp"

namespace fakes {

namespace asio = boost::asio;

namespace {

// Longer than any client's patience; a bound all the same.
constexpr host::Duration stall_limit = std::chrono::hours(24);

}  // namespace

asio::awaitable<void> MxConnection::upgrade() {
  switch (phase_->config.starttls.behaviour) {
    case StartTlsBehaviour::works:
    case StartTlsBehaviour::plaintext:    // it was sent with the 220
    case StartTlsBehaviour::in_greeting:  // as the next
    case StartTlsBehaviour::not_offered:  // a fault's 220 in place of the ordinary refusal
    case StartTlsBehaviour::refused:
      co_await shake_hands();
      co_return;
    case StartTlsBehaviour::alert:
      co_await answer_with(fatal_alert_record(phase_->config.starttls.alert));
      co_return;
    case StartTlsBehaviour::garbage:
      co_await answer_with(phase_->config.starttls.bytes);
      co_return;
    case StartTlsBehaviour::eof:
      if (phase_->config.starttls.after_client_hello) co_await read_client_hello();
      if (open_) co_await close_gently("fault");
      co_return;
    case StartTlsBehaviour::reset:
      if (phase_->config.starttls.after_client_hello) co_await read_client_hello();
      if (!open_) co_return;
      stream_->reset();
      closed("fault");
      co_return;
    case StartTlsBehaviour::stall:
      co_await stall();
      co_return;
  }
}

asio::awaitable<void> MxConnection::shake_hands() {
  SSL_CTX* context = phase_->tls_context(host_);
  const host::MonoTime deadline = idle_deadline();
  host::TlsSetup setup;
  std::unique_ptr<host::Stream> transport = std::move(stream_);
  host::TlsResult result = co_await host::tls_handshake(
      host_, std::move(transport), context, host::TlsRole::server, std::move(setup), deadline);
  stream_ = std::move(result.stream);
  if (!stream_) {
    const host::TlsFailure& failure = result.failure;
    const std::string alert = failure.alert < 0 ? std::string("none") : alert_name(failure.alert);
    observer_.observe(
        session_.observation("tls.failed", {{"reason", failure.reason}, {"alert", alert}}));
    closed(dropped_.empty() ? "tls-failed" : dropped_, failure.reason);
    co_return;
  }
  if (!dropped_.empty()) {
    stream_->reset();
    closed(dropped_);
    co_return;
  }
  MxActions actions = session_.on_tls(describe_tls(stream_->tls()));
  co_await perform(std::move(actions));
}

asio::awaitable<void> MxConnection::read_client_hello() {
  std::string hello;
  const host::MonoTime deadline = idle_deadline();
  for (;;) {
    const std::optional<std::size_t> size = tls_record_size(hello);
    if (size && hello.size() >= *size) break;
    const host::ErrorCode error = co_await host::read_some(host_, *stream_, hello, deadline);
    if (!error) continue;
    fail(error);
    co_return;
  }
  observer_.observe(
      session_.observation("tls.client-hello", {{"bytes", std::to_string(hello.size())}}));
}

asio::awaitable<void> MxConnection::answer_with(std::string bytes) {
  co_await read_client_hello();
  if (open_) co_await send(std::move(bytes));
  if (open_) co_await close_gently("fault");
}

// A schedule timer: that nothing happens here must not keep a simulated world busy.
asio::awaitable<void> MxConnection::be_deaf() {
  deaf_timer_ = host_.make_timer(host::TimerKind::schedule, stream_->executor());
  const host::MonoTime due = host_.mono_now() + stall_limit;
  co_await host::wait_until(*deaf_timer_, due);
  fail(host::Error::timed_out);
}

// As long as the client takes it.
asio::awaitable<void> MxConnection::flood(std::string bytes) {
  if (bytes.empty()) co_return;
  std::string block;
  while (block.size() < 16 * 1024) block += bytes;
  for (std::size_t sent = 0; sent < flood_bytes_max && open_ && dropped_.empty();) {
    sent += block.size();
    co_await send(block);
  }
}

asio::awaitable<void> MxConnection::stall() {
  const host::MonoTime deadline = host_.mono_now() + stall_limit;
  std::string ignored;
  bool first = session_.awaits_tls();
  for (;;) {
    ignored.clear();
    const host::ErrorCode error = co_await host::read_some(host_, *stream_, ignored, deadline);
    if (error) {
      fail(error);
      co_return;
    }
    if (!std::exchange(first, false)) continue;
    observer_.observe(
        session_.observation("tls.client-hello", {{"bytes", std::to_string(ignored.size())}}));
  }
}

}  // namespace fakes
