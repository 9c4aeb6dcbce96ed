#include "reference/gateway/inbound_session.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reference/gateway/reception.hpp"
#include "reference/gateway/take_back.hpp"
#include "reference/host/io.hpp"
#include "reference/host/tls_stream.hpp"
#include "reference/smtp/server_session.hpp"
#include "reference/tls/negotiated.hpp"

namespace sealgate::gateway {
namespace {

using boost::asio::awaitable;
using smtp::Reply;
using smtp::ServerSession;
using namespace std::chrono_literals;

constexpr auto client_timeout = 5min;
constexpr auto content_timeout = 1h;
constexpr auto handshake_timeout = 1min;

/// On the queue executor, like everything that is the queue's.
awaitable<std::string> new_queue_id(CorePtr core) {
  co_return core->queue->make_queue_id();
}

class InboundSession {
 public:
  InboundSession(CorePtr core, std::unique_ptr<host::Stream> stream)
      : core_(std::move(core)),
        host_(core_->host),
        configuration_(core_->configuration.load()),
        settings_(configuration_->settings),
        stream_(std::move(stream)),
        client_(stream_->remote().address),
        session_(session_config()),
        leash_(core_->streams.add(*stream_)) {}

  awaitable<void> serve() {
    for (bool open = true; open;) {
      auto action = session_.next();
      if (std::holds_alternative<ServerSession::NeedInput>(action)) {
        open = co_await read();
      } else if (const auto* send = std::get_if<ServerSession::Send>(&action)) {
        const auto deadline = host_.mono_now() + client_timeout;
        const auto error = co_await host::write_all(host_, *stream_, send->bytes, deadline);
        open = !error;
        answered();
      } else if (const auto* sender = std::get_if<ServerSession::CheckSender>(&action)) {
        sender_ = sender->path;
        session_.answer(answer_sender(settings_, sender_, stream_->tls() != nullptr));
      } else if (const auto* recipient = std::get_if<ServerSession::CheckRecipient>(&action)) {
        session_.answer(answer_recipient(settings_, core_->decisions, client_, sender_,
                                         recipient->recipient.path));
      } else if (auto* accept = std::get_if<ServerSession::AcceptMessage>(&action)) {
        auto reply = co_await take(std::move(accept->transaction));
        session_.answer(std::move(reply));
      } else if (std::holds_alternative<ServerSession::StartTls>(action)) {
        open = co_await start_tls();
      } else {
        open = false;
      }
    }
    leash_ = {};
    if (stream_) stream_->close();
  }

 private:
  ServerSession::Config session_config() const {
    ServerSession::Config config;
    config.hostname = settings_.hostname;
    config.limits.size_max_bytes = settings_.message_bytes_max;
    config.offer_starttls = true;
    config.require_tls = settings_.requires_tls_from(client_);
    return config;
  }

  /// The next whole command, or message, has its time from here.
  void answered() {
    const auto now = host_.mono_now();
    due_ = session_.receiving_content() ? now + content_timeout : now + client_timeout;
  }

  awaitable<bool> read() {
    if (core_->stopping) {
      session_.shut_down(Reply(421, {4, 3, 2}, "the service closes"));  // RFC 5321 section 3.8
      co_return true;
    }
    std::string bytes;
    const auto deadline = std::min<host::MonoTime>(host_.mono_now() + client_timeout, due_);
    const auto error = co_await host::read_some(host_, *stream_, bytes, deadline);
    if (!error) session_.receive(bytes);
    if (error == host::Error::timed_out) session_.shut_down(Reply(421, {4, 4, 2}, "timeout"));
    // Aborted by stop(): round again, to say 421.
    const bool stopped = core_->stopping && error == boost::system::errc::operation_canceled;
    co_return !error || error == host::Error::timed_out || stopped;
  }

  awaitable<bool> start_tls() {
    const auto deadline = host_.mono_now() + handshake_timeout;
    auto result =
        co_await host::tls_handshake(host_, std::move(stream_), configuration_->tls_server.get(),
                                     host::TlsRole::server, {}, deadline);
    leash_ = {};  // only now: until here the transport below was what stop() would cancel
    stream_ = std::move(result.stream);
    if (!stream_) {
      host_.log(host::Severity::info, "inbound",
                fmt::format("{}: TLS failed: {}", client_.to_string(), result.failure.reason));
      co_return false;
    }
    leash_ = core_->streams.add(*stream_);
    auto negotiated = tls::describe(stream_->tls());
    session_.tls_started(
        {negotiated.version, negotiated.cipher, negotiated.bits, tls::peer_name(stream_->tls())});
    answered();
    co_return true;
  }

  /// The reply to the final dot.
  awaitable<Reply> take(smtp::Transaction transaction) {
    auto naming = new_queue_id(core_);
    auto queue_id = co_await on_executor(host_.queue_executor(), std::move(naming));
    const Reception reception{client_, std::move(queue_id), host_.wall_now()};
    if (settings_.third_party && core_->decisions.is_encryption_server(settings_, client_)) {
      auto taking = take_from_server(std::move(transaction), reception);
      co_return co_await std::move(taking);
    }
    auto decided = decide(std::move(transaction), reception);
    if (const auto* refusal = std::get_if<Reply>(&decided)) co_return *refusal;
    auto storing = store(std::get<Received>(std::move(decided)), reception);
    co_return co_await std::move(storing);
  }

  std::variant<Received, Reply> decide(smtp::Transaction transaction, const Reception& reception) {
    const auto policies = core_->policies.load();
    return receive(settings_, core_->decisions, *policies, std::move(transaction), reception);
  }

  /// Outbound mail comes back; the rest is mail like any other.
  awaitable<Reply> take_from_server(smtp::Transaction transaction, Reception reception) {
    if (auto refusal = refusal_of(message::scan_header(transaction.content), settings_))
      co_return *std::move(refusal);
    const auto& all = transaction.recipients;
    const auto is_ours = [&](const auto& one) { return !is_outbound(settings_, one.path); };
    std::optional<Received> beside;
    if (std::any_of(all.begin(), all.end(), is_ours)) {
      smtp::Transaction ours = transaction;
      std::erase_if(ours.recipients, [&](const auto& one) { return !is_ours(one); });
      std::erase_if(transaction.recipients, is_ours);
      auto decided = decide(std::move(ours), reception);
      if (const auto* refusal = std::get_if<Reply>(&decided)) co_return *refusal;
      beside = std::get<Received>(std::move(decided));
    }
    if (transaction.recipients.empty()) {
      auto storing = store(*std::move(beside), reception);
      co_return co_await std::move(storing);
    }
    if (beside) beside->message.queue_id.clear();  // it is the other's
    auto taking = take_back(core_, configuration_, std::move(transaction), std::move(reception),
                            std::move(beside));
    co_return co_await on_executor(host_.queue_executor(), std::move(taking));
  }

  awaitable<Reply> store(Received received, Reception reception) {
    auto& message = received.message;
    for (const auto& field : received.removed) {
      host_.log(host::Severity::warning, "inbound",
                fmt::format("{}: {} is not one to say so: its field {} is removed",
                            reception.queue_id, client_.to_string(), field));
    }
    auto line = fmt::format("{}: accepted from {}{}{}: {} recipients, {} bytes; {}",
                            reception.queue_id, client_.to_string(),
                            message.origin.tls.empty() ? "" : " over ", message.origin.tls,
                            message.recipients.size(), message.content.size(), message.decision);
    auto insertion = insert(std::move(message), received.handover, reception.now);
    const auto error = co_await on_executor(host_.queue_executor(), std::move(insertion));
    if (error) {
      host_.log(host::Severity::error, "inbound",
                fmt::format("{}: not queued: {}", reception.queue_id, error.message()));
      co_return Reply(451, {4, 3, 0}, "the message could not be stored");
    }
    host_.log(host::Severity::info, "inbound", line);
    for (auto& notice : received.notices) {
      auto telling = core_->queue->insert(std::move(notice));
      const auto told = co_await on_executor(host_.queue_executor(), std::move(telling));
      if (told) continue;
      host_.log(
          host::Severity::error, "inbound",
          fmt::format("{}: an owner is not told: {}", reception.queue_id, told.error().message()));
    }
    core_->wake_delivery();
    co_return Reply(250, {2, 0, 0}, "queued as " + reception.queue_id);
  }

  awaitable<host::ErrorCode> insert(queue::NewMessage message, std::string handover,
                                    host::WallTime now) {
    if (!handover.empty()) {
      auto again = insert_again(core_, std::move(message), std::move(handover), now);
      co_return co_await std::move(again);
    }
    auto inserting = core_->queue->insert(std::move(message));
    const auto inserted = co_await std::move(inserting);
    co_return inserted ? host::ErrorCode{} : inserted.error();
  }

  CorePtr core_;
  host::Host& host_;
  ConfigurationPtr configuration_;
  const settings::Settings& settings_;
  std::unique_ptr<host::Stream> stream_;
  host::Address client_;
  ServerSession session_;
  smtp::Path sender_;
  host::MonoTime due_ = host_.mono_now() + client_timeout;
  OpenStreams::Leash leash_;  // before the stream in destruction
};

/// One of the acceptor's sessions, for as long as it lives.
class Place {
 public:
  explicit Place(std::shared_ptr<std::atomic<int>> taken) : taken_(std::move(taken)) { ++*taken_; }
  Place(Place&&) = default;
  ~Place() {
    if (taken_) --*taken_;
  }
  bool is_free() const { return *taken_ <= sessions_max; }

 private:
  std::shared_ptr<std::atomic<int>> taken_;
};

awaitable<void> turn_away(CorePtr core, std::unique_ptr<host::Stream> stream) {
  const auto reply = to_wire(Reply(421, {4, 3, 2}, "too many connections, come back later"));
  const auto deadline = core->host.mono_now() + 10s;
  co_await host::write_all(core->host, *stream, reply, deadline);
  stream->close();
}

/// On the stream's executor.
awaitable<void> serve_client(CorePtr core, std::unique_ptr<host::Stream> stream, Place place) {
  if (!place.is_free()) {
    co_await turn_away(std::move(core), std::move(stream));
    co_return;
  }
  InboundSession session(std::move(core), std::move(stream));
  co_await session.serve();
}

}  // namespace

awaitable<void> accept_clients(CorePtr core, std::shared_ptr<host::Acceptor> acceptor) {
  const auto taken = std::make_shared<std::atomic<int>>(0);
  constexpr auto pause = 100ms;  // after a failed accept: out of descriptors, most likely
  while (!core->stopping) {
    auto accepted = co_await host::accept(*acceptor);
    if (!accepted && accepted.error() == boost::asio::error::operation_aborted)
      co_return;  // closed
    if (accepted) {
      auto stream = std::move(accepted).value();
      const auto executor = stream->executor();
      core->run(executor, "inbound", serve_client(core, std::move(stream), Place(taken)));
    } else if (!core->stopping) {
      core->host.log(host::Severity::warning, "inbound", accepted.error().message());
      auto timer = core->host.make_timer(host::TimerKind::activity, acceptor->executor());
      co_await host::wait_until(*timer, core->host.mono_now() + pause);
    }
  }
}

}  // namespace sealgate::gateway
