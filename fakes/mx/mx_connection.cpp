#include "fakes/mx/mx_connection.hpp"

#include <utility>

#include "reference/host/io.hpp"

namespace fakes {

namespace asio = boost::asio;

namespace {

std::string how_of(const host::ErrorCode& error) {
  if (error == host::Error::end_of_stream) return "eof";
  if (error == host::Error::tls_truncated) return "tls-truncated";
  if (error == host::Error::timed_out) return "timed-out";
  if (error == boost::system::errc::connection_reset) return "reset";
  return "error";
}

}  // namespace

MxConnection::MxConnection(host::Host& host, Observer& observer, std::shared_ptr<MxPhase> phase,
                           std::unique_ptr<host::Stream> stream, std::uint64_t number)
    : host_(host),
      observer_(observer),
      phase_(std::move(phase)),
      client_(stream->remote().address),
      stream_(std::move(stream)),
      timer_(host.make_timer(host::TimerKind::activity, stream_->executor())),
      session_(phase_->config, phase_->faults, number) {}

asio::awaitable<void> MxConnection::serve(std::shared_ptr<MxConnection> self) {
  const host::Endpoint peer = self->stream_->remote();
  const host::Endpoint local = self->stream_->local();
  MxActions greeting = self->session_.on_connect(peer, local);
  co_await self->perform(std::move(greeting));
  std::string input;
  while (self->open_) {
    input.clear();
    const host::MonoTime deadline = self->idle_deadline();
    const ReadPace& pace = self->phase_->config.read_pace;
    const std::size_t limit = pace.bytes == 0 ? 16 * 1024 : pace.bytes;
    const host::ErrorCode error =
        co_await host::read_some(self->host_, *self->stream_, input, deadline, limit);
    if (error == host::Error::timed_out && self->dropped_.empty()) {
      co_await self->time_out();
    } else if (error) {
      self->fail(error);
    } else {
      MxActions actions = self->session_.on_bytes(input);
      co_await self->perform(std::move(actions));
      if (pace.bytes != 0 && self->open_) co_await self->wait(pace.pause);
    }
  }
}

void MxConnection::drop(std::string how) {
  if (dropped_.empty()) dropped_ = std::move(how);
  timer_->cancel();
  if (deaf_timer_) deaf_timer_->cancel();
  if (!stream_) return;  // the handshake has it: shake_hands() looks at dropped_
  stream_->cancel();
  stream_->reset();
}

asio::awaitable<void> MxConnection::perform(MxActions actions) {
  for (MxAction& action : actions) {
    if (auto* taken = std::get_if<mx_action::HandOn>(&action)) {
      // Whether or not the client has heard so; a sink may not outlive its Mx.
      if (dropped_ != "stopped") hand_on(std::move(taken->mail));
      continue;
    }
    if (!open_) continue;
    if (!dropped_.empty()) {
      fail(boost::system::errc::make_error_code(boost::system::errc::operation_canceled));
    } else if (auto* to_send = std::get_if<mx_action::Send>(&action)) {
      co_await send(std::move(to_send->bytes));
    } else if (auto* to_wait = std::get_if<mx_action::Wait>(&action)) {
      co_await wait(to_wait->duration);
    } else if (auto* seen = std::get_if<mx_action::Observe>(&action)) {
      observer_.observe(std::move(seen->observation));
    } else if (std::holds_alternative<mx_action::Upgrade>(action)) {
      co_await upgrade();
    } else if (auto* client = std::get_if<mx_action::Admit>(&action)) {
      co_await admit(std::move(client->name));
    } else if (auto* message = std::get_if<mx_action::Take>(&action)) {
      co_await take(std::move(message->mail));
    } else if (auto* close = std::get_if<mx_action::Close>(&action)) {
      co_await close_gently(std::move(close->how));
    } else if (auto* reset = std::get_if<mx_action::Reset>(&action)) {
      stream_->reset();
      closed(std::move(reset->how));
    } else if (auto* flooding = std::get_if<mx_action::Flood>(&action)) {
      co_await flood(std::move(flooding->bytes));
    } else if (std::holds_alternative<mx_action::Stall>(action)) {
      co_await stall();
    } else if (std::holds_alternative<mx_action::Deafen>(action)) {
      co_await be_deaf();
    }
  }
}

asio::awaitable<void> MxConnection::send(std::string bytes) {
  const host::MonoTime deadline = idle_deadline();
  const host::ErrorCode error = co_await host::write_all(host_, *stream_, bytes, deadline);
  if (error) fail(error);
}

asio::awaitable<void> MxConnection::admit(std::string name) {
  const MxClient client{session_.connection(), std::move(name), stream_->remote(), stream_->tls()};
  auto work = phase_->config.service->admit(client);
  std::optional<Reply> refusal = co_await std::move(work);
  MxActions actions = session_.on_admitted(std::move(refusal));
  co_await perform(std::move(actions));
}

asio::awaitable<void> MxConnection::take(TakenMail mail) {
  mail.client = client_;
  auto work = phase_->config.service->take(std::move(mail));
  Reply reply = co_await std::move(work);
  MxActions actions = session_.on_taken(std::move(reply));
  co_await perform(std::move(actions));
}

asio::awaitable<void> MxConnection::wait(host::Duration duration) {
  const host::MonoTime due = host_.mono_now() + duration;
  co_await host::wait_until(*timer_, due);  // drop() cancels it; perform() sees why
}

asio::awaitable<void> MxConnection::time_out() {
  const Reply reply{421, "4.4.2", {"Idle for too long"}};
  observer_.observe(
      session_.observation("smtp.reply", {{"code", "421"}, {"text", text_of(reply)}}));
  co_await send(to_bytes(reply));
  if (!open_) co_return;
  stream_->close();
  closed("timed-out");
}

// Ends our direction and reads until the client has ended its own: closing with its bytes unread
// would send RST, and the client might never see what we sent last.
asio::awaitable<void> MxConnection::close_gently(std::string how) {
  stream_->shutdown_send();
  closed(std::move(how));
  const host::MonoTime deadline = idle_deadline();
  std::string ignored;
  for (;;) {
    ignored.clear();
    const host::ErrorCode error = co_await host::read_some(host_, *stream_, ignored, deadline);
    if (error) break;
  }
  stream_->close();
}

void MxConnection::fail(host::ErrorCode error) {
  if (!open_) return;
  if (stream_ && error != host::Error::end_of_stream) stream_->reset();
  if (stream_ && error == host::Error::end_of_stream) stream_->close();
  closed(dropped_.empty() ? how_of(error) : dropped_, dropped_.empty() ? error.message() : "");
}

void MxConnection::closed(std::string how, std::string reason) {
  if (!std::exchange(open_, false)) return;
  observer_.observe(session_.observation("smtp.closed", {{"how", std::move(how)},
                                                         {"state", std::string(session_.state())},
                                                         {"reason", std::move(reason)}}));
}

host::MonoTime MxConnection::idle_deadline() const {
  return host_.mono_now() + phase_->config.idle_timeout;
}

}  // namespace fakes
