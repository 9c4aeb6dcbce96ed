#include "fakes/people/raw_client.hpp"

#include <fmt/format.h>

#include <utility>

#include "fakes/core/tls_alert.hpp"
#include "reference/host/io.hpp"
#include "reference/host/tls_stream.hpp"

namespace fakes {

namespace asio = boost::asio;

namespace {

constexpr host::Duration step_limit = std::chrono::minutes(5);
constexpr std::size_t block_octets = 64 * 1024;

using Fields = std::vector<std::pair<std::string, std::string>>;

std::string word_for(const host::ErrorCode& error) {
  if (error == host::Error::end_of_stream) return "eof";
  if (error == host::Error::tls_truncated) return "tls-truncated";
  if (error == host::Error::timed_out) return "timed-out";
  if (error == boost::system::errc::connection_reset) return "reset";
  return error.message();
}

bool matches(int wanted, int code) {
  if (wanted == 0) return true;
  if (wanted < 10) return code / 100 == wanted;
  return code == wanted;
}

std::string numbered(const std::string& bytes, std::size_t n) {
  const std::size_t at = bytes.find("{n}");
  if (at == std::string::npos) return bytes;
  return bytes.substr(0, at) + std::to_string(n) + bytes.substr(at + 3);
}

// One connection. Lives on the frame of RawClient::play().
class Conversation {
 public:
  Conversation(host::Host& host, Observer& observer, std::string actor, std::uint64_t number,
               RawConversation script)
      : host_(host),
        observer_(observer),
        actor_(std::move(actor)),
        number_(std::to_string(number)),
        script_(std::move(script)),
        timer_(host.make_timer(host::TimerKind::activity, host.session_executor())) {}
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  asio::awaitable<RawResult> run(host::Endpoint server) {
    const host::MonoTime deadline = host_.mono_now() + step_limit;
    auto connected = co_await host_.connect(server, deadline);
    if (connected) {
      stream_ = std::move(*connected);
      co_await play_steps();
      if (stream_) stream_->close();
    } else {
      result_.seen = word_for(connected.error());
    }
    observe("raw.done", {{"result", result_.as_expected ? "as-expected" : "otherwise"},
                         {"step", std::to_string(result_.step)},
                         {"seen", result_.seen}});
    co_return std::move(result_);
  }

 private:
  asio::awaitable<void> play_steps() {
    for (; result_.step < script_.steps.size(); ++result_.step) {
      const RawStep& step = script_.steps[result_.step];
      if (!stream_) {
        result_.seen = "closed already";
        co_return;
      }
      bool fine = true;
      if (const auto* to_send = std::get_if<raw_step::Send>(&step)) {
        fine = co_await send(*to_send);
      } else if (const auto* expected = std::get_if<raw_step::Expect>(&step)) {
        fine = co_await expect(*expected);
      } else if (const auto* pause = std::get_if<raw_step::Wait>(&step)) {
        const host::MonoTime due = host_.mono_now() + pause->duration;
        co_await host::wait_until(*timer_, due);
      } else if (std::holds_alternative<raw_step::StartTls>(step)) {
        fine = co_await start_tls();
      } else if (const auto* end = std::get_if<raw_step::ExpectClosed>(&step)) {
        fine = co_await expect_closed(*end);
      } else {
        if (std::holds_alternative<raw_step::Reset>(step)) stream_->reset();
        if (std::holds_alternative<raw_step::Close>(step)) stream_->close();
        stream_.reset();
      }
      if (!fine) co_return;
    }
    result_.as_expected = true;
  }

  asio::awaitable<bool> send(const raw_step::Send& step) {
    std::string block;
    std::size_t sent = 0;
    host::ErrorCode error;
    for (std::size_t n = 1; n <= step.times && !error; ++n) {
      block += numbered(step.bytes, n);
      if (block.size() < block_octets && n < step.times) continue;
      sent += block.size();
      error = co_await write(block, step.gap);
      block.clear();
    }
    observe("raw.sent", {{"step", std::to_string(result_.step)}, {"bytes", std::to_string(sent)}});
    if (error) result_.seen = word_for(error);
    co_return !error;
  }

  asio::awaitable<host::ErrorCode> write(const std::string& bytes, host::Duration gap) {
    const std::size_t piece = gap.count() > 0 ? 1 : bytes.size();
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
      if (gap.count() > 0 && at > 0) {
        const host::MonoTime due = host_.mono_now() + gap;
        co_await host::wait_until(*timer_, due);
      }
      const std::string_view part = std::string_view(bytes).substr(at, piece);
      const host::MonoTime deadline = host_.mono_now() + step_limit;
      const host::ErrorCode error = co_await host::write_all(host_, *stream_, part, deadline);
      if (error) co_return error;
    }
    co_return host::ErrorCode();
  }

  // Fetches until one whole reply is there; nothing when the connection ends or time is up.
  asio::awaitable<std::optional<ReceivedReply>> next_reply(host::MonoTime deadline) {
    for (;;) {
      std::string_view input = received_;
      std::optional<ReceivedReply> reply = replies_.read(input);
      received_.erase(0, received_.size() - input.size());
      if (reply) {
        observe("raw.reply", {{"step", std::to_string(result_.step)},
                              {"code", fmt::format("{:03}", reply->code)},
                              {"text", reply->text()}});
        if (result_.replies.size() < RawResult::replies_max) result_.replies.push_back(*reply);
        co_return reply;
      }
      const host::ErrorCode error = co_await host::read_some(host_, *stream_, received_, deadline);
      if (!error) continue;
      result_.seen = word_for(error);
      co_return std::nullopt;
    }
  }

  asio::awaitable<bool> expect(const raw_step::Expect& step) {
    const host::MonoTime deadline = host_.mono_now() + step.within;
    for (std::size_t n = 0; n < step.times; ++n) {
      const std::optional<ReceivedReply> reply = co_await next_reply(deadline);
      if (!reply) co_return false;
      if (reply->well_formed && matches(step.code, reply->code)) continue;
      result_.seen = fmt::format("{:03} {}", reply->code, reply->text());
      co_return false;
    }
    co_return true;
  }

  asio::awaitable<bool> expect_closed(const raw_step::ExpectClosed& step) {
    const host::MonoTime deadline = host_.mono_now() + step.within;
    for (;;) {
      const std::optional<ReceivedReply> reply = co_await next_reply(deadline);
      if (!reply) break;
    }
    const bool open = result_.seen == "timed-out";
    if (open) result_.seen = "still open";
    if (!open) stream_.reset();
    co_return !open;
  }

  asio::awaitable<bool> start_tls() {
    const TlsContext context = TlsContext::client(script_.tls);
    const host::MonoTime deadline = host_.mono_now() + step_limit;
    host::TlsSetup setup;
    std::unique_ptr<host::Stream> transport = std::move(stream_);
    host::TlsResult result =
        co_await host::tls_handshake(host_, std::move(transport), context.get(),
                                     host::TlsRole::client, std::move(setup), deadline);
    received_.clear();
    replies_.clear();
    if (result.stream) {
      stream_ = std::move(result.stream);
      observe("tls.established", describe_tls(stream_->tls()));
      co_return true;
    }
    const host::TlsFailure& failure = result.failure;
    const std::string alert = failure.alert < 0 ? std::string("none") : alert_name(failure.alert);
    observe("tls.failed", {{"reason", failure.reason}, {"alert", alert}});
    result_.seen = "TLS handshake: " + failure.reason;
    co_return false;
  }

  void observe(std::string kind, Fields fields) {
    Observation observation{actor_, std::move(kind), {{"conversation", number_}}};
    for (auto& field : fields) observation.fields.push_back(std::move(field));
    observer_.observe(std::move(observation));
  }

  host::Host& host_;
  Observer& observer_;
  std::string actor_;
  std::string number_;
  RawConversation script_;
  std::unique_ptr<host::Timer> timer_;
  std::unique_ptr<host::Stream> stream_;  ///< null before, during a handshake, and after the end
  ReplyReader replies_;
  std::string received_;  ///< not yet read as replies
  RawResult result_;
};

}  // namespace

RawClient::RawClient(host::Host& host, Observer& observer, std::string name)
    : host_(host), observer_(observer), name_(std::move(name)) {}

asio::awaitable<RawResult> RawClient::play(host::Endpoint server, RawConversation conversation) {
  Conversation errand(host_, observer_, name_, ++conversations_, std::move(conversation));
  RawResult result = co_await errand.run(server);
  co_return result;
}

}  // namespace fakes
