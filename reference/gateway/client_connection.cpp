#include "reference/gateway/client_connection.hpp"

#include "reference/host/io.hpp"
#include "reference/host/tls_stream.hpp"
#include "reference/tls/handshake_setup.hpp"
#include "reference/tls/negotiated.hpp"

namespace sealgate::gateway {
namespace {

using boost::asio::awaitable;
using encryption::Failure;
using smtp::ClientSession;
using smtp::Phase;
using namespace std::chrono_literals;

constexpr auto connect_timeout = 30s;
constexpr auto handshake_timeout = 1min;

/// RFC 5321 section 4.5.3.2. The reply to QUIT decides nothing any more.
host::Duration timeout_of(Phase phase) {
  switch (phase) {
    case Phase::data:
      return 2min;
    case Phase::content:
      return 3min;
    case Phase::final_dot:
      return 10min;
    case Phase::quit:
      return 10s;
    default:
      return 5min;
  }
}

Failure failure_of(tls::Weakness weakness) {
  return weakness == tls::Weakness::too_weak ? Failure::too_weak : Failure::no_credentials;
}

class ClientConnection {
 public:
  ClientConnection(CorePtr core, ConfigurationPtr configuration, Target target, smtp::TlsUse use)
      : core_(std::move(core)),
        host_(core_->host),
        configuration_(std::move(configuration)),
        target_(std::move(target)),
        session_({.helo_name = configuration_->settings.hostname, .tls = use, .reply_limits = {}}) {
  }

  awaitable<ConnectionResult> deliver(smtp::OutgoingMessage message) {
    auto connecting = host_.connect(target_.endpoint, host_.mono_now() + connect_timeout);
    auto connected = co_await std::move(connecting);
    if (!connected) {
      refuse_all(message, connected.error());
      co_return std::move(result_);
    }
    stream_ = std::move(connected).value();
    leash_ = core_->streams.add(*stream_);
    session_.begin(std::move(message));
    co_await converse();
    leash_ = {};
    if (stream_) stream_->close();
    co_return std::move(result_);
  }

 private:
  void refuse_all(const smtp::OutgoingMessage& message, host::ErrorCode error) {
    result_.failure = encryption::classify_connect(error);
    result_.detail = error.message();
    for (const auto& recipient : message.recipients) {
      result_.outcome.recipients.push_back({.recipient = recipient});
    }
  }

  awaitable<void> converse() {
    for (;;) {
      auto action = session_.next();
      if (const auto* input = std::get_if<ClientSession::NeedInput>(&action)) {
        co_await read(input->phase);
      } else if (const auto* send = std::get_if<ClientSession::Send>(&action)) {
        const auto deadline = host_.mono_now() + timeout_of(session_.phase());
        const auto error = co_await host::write_all(host_, *stream_, send->bytes, deadline);
        if (error) lose(error);
      } else if (std::holds_alternative<ClientSession::StartTls>(action)) {
        co_await start_tls();
      } else if (auto* finished = std::get_if<ClientSession::Finished>(&action)) {
        result_.outcome = std::move(finished->outcome);
        if (result_.outcome.failure) note(*result_.outcome.failure);
        session_.quit();
      } else {
        co_return;
      }
    }
  }

  awaitable<void> read(Phase phase) {
    std::string bytes;
    const auto deadline = host_.mono_now() + timeout_of(phase);
    host::ErrorCode error = boost::asio::error::operation_aborted;
    if (!core_->stopping) error = co_await host::read_some(host_, *stream_, bytes, deadline);
    if (!error) session_.receive(bytes);
    if (error) lose(error);
  }

  void lose(host::ErrorCode error) {
    channel_error_ = error;
    session_.connection_lost(error.message());
  }

  awaitable<void> start_tls() {
    host::TlsSetup setup = [name = target_.host](SSL* ssl) {
      tls::set_server_name(ssl, name);
      tls::watch_alerts(ssl);
    };
    leash_ = {};
    const auto deadline = host_.mono_now() + handshake_timeout;
    auto handshake =
        host::tls_handshake(host_, std::move(stream_), configuration_->tls_client.get(),
                            host::TlsRole::client, std::move(setup), deadline);
    auto done = co_await std::move(handshake);
    if (!done.stream) {
      handshake_failure_ = encryption::classify_handshake(done.failure);
      session_.tls_failed(done.failure.reason);
      co_return;
    }
    stream_ = std::move(done.stream);
    leash_ = core_->streams.add(*stream_);
    const auto negotiated = tls::describe(stream_->tls());
    const auto weakness = core_->decisions.weakness_of(negotiated, configuration_->settings.tls);
    if (weakness) {
      handshake_failure_ = failure_of(*weakness);
      session_.tls_failed(tls::to_text(negotiated));
      co_return;
    }
    result_.tls = tls::to_text(negotiated);
    session_.tls_started({negotiated.version, negotiated.cipher, negotiated.bits});
  }

  /// Names the failure that ended the session.
  void note(const smtp::SessionFailure& failure) {
    result_.failure = name(failure);
    result_.detail = failure.reason;
  }

  Failure name(const smtp::SessionFailure& failure) const {
    using Kind = smtp::SessionFailure::Kind;
    switch (failure.kind) {
      case Kind::tls:
        return name(*failure.tls);
      case Kind::connection_lost:
        return encryption::classify_channel(channel_error_, refused_our_certificate(failure));
      case Kind::protocol_error:
        return Failure::protocol_error;
      case Kind::greeting_refused:
      case Kind::hello_refused:
      case Kind::closing:
        break;
    }
    return failure.reply.permanent() ? Failure::permanent_reply : Failure::temporary_reply;
  }

  Failure name(smtp::TlsFailure failure) const {
    switch (failure) {
      case smtp::TlsFailure::not_offered:
        return Failure::starttls_not_offered;
      case smtp::TlsFailure::refused:
        return Failure::starttls_refused;
      case smtp::TlsFailure::garbage_reply:
      case smtp::TlsFailure::plaintext_injected:
        return Failure::starttls_garbage;
      case smtp::TlsFailure::connection_lost:
        return encryption::classify_before_handshake(channel_error_);
      case smtp::TlsFailure::handshake_failed:
        break;
    }
    return handshake_failure_;
  }

  /// Before the first reply over TLS only: later alerts are about something else.
  bool refused_our_certificate(const smtp::SessionFailure& failure) const {
    if (!failure.over_tls || failure.phase != Phase::ehlo || !stream_ || !stream_->tls()) {
      return false;
    }
    const auto alert = tls::received_alert(stream_->tls());
    return alert && tls::is_certificate_alert(*alert);
  }

  CorePtr core_;
  host::Host& host_;
  ConfigurationPtr configuration_;
  Target target_;
  ClientSession session_;
  ConnectionResult result_;
  host::ErrorCode channel_error_;
  Failure handshake_failure_ = Failure::handshake_failed;
  std::unique_ptr<host::Stream> stream_;
  OpenStreams::Leash leash_;  // before the stream in destruction
};

}  // namespace

awaitable<ConnectionResult> deliver_over_connection(CorePtr core, ConfigurationPtr configuration,
                                                    Target target, smtp::TlsUse use,
                                                    smtp::OutgoingMessage message) {
  ClientConnection connection(std::move(core), std::move(configuration), std::move(target), use);
  auto delivery = connection.deliver(std::move(message));
  co_return co_await std::move(delivery);
}

}  // namespace sealgate::gateway
