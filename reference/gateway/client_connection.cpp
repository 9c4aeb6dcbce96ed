#include "reference/gateway/client_connection.hpp"

#include "reference/host/io.hpp"
#include "reference/host/tls_stream.hpp"
#include "reference/tls/handshake_setup.hpp"
#include "reference/tls/negotiated.hpp"
#include "reference/tls/peer_check.hpp"

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

/// The failure of a session that took nothing of the message that was to be next.
bool is_stale(const smtp::SessionFailure& failure) {
  using Kind = smtp::SessionFailure::Kind;
  const bool ended = failure.kind == Kind::connection_lost || failure.kind == Kind::closing;
  return ended && (failure.phase == Phase::rset || failure.phase == Phase::mail);
}

}  // namespace

namespace {

std::optional<smtp::Login> login_of(const TlsDemand& demand) {
  if (!demand.login) return std::nullopt;
  return smtp::Login{demand.login->user, demand.login->password, demand.login->in_clear};
}

}  // namespace

ClientConnection::ClientConnection(CorePtr core, ConfigurationPtr configuration, Target target,
                                   TlsDemand demand)
    : core_(std::move(core)),
      host_(core_->host),
      configuration_(std::move(configuration)),
      target_(std::move(target)),
      demand_(std::move(demand)),
      session_({.helo_name = configuration_->settings.hostname,
                .tls = demand_.use,
                .login = login_of(demand_),
                .reply_limits = {}}) {}

awaitable<ConnectionResult> ClientConnection::deliver(smtp::OutgoingMessage message) {
  result_ = {};
  result_.tls = tls_;
  if (!stream_) {
    const auto error = co_await connect();
    if (error) {
      result_.failure = encryption::classify_connect(error);
      result_.detail = error.message();
      for (const auto& recipient : message.recipients)
        result_.outcome.recipients.push_back({.recipient = recipient});
      co_return std::move(result_);
    }
  }
  ++messages_;
  session_.begin(std::move(message));
  co_await converse();
  co_return std::move(result_);
}

bool ClientConnection::serves(const ConfigurationPtr& configuration,
                              const TlsDemand& demand) const {
  return stream_ && session_.reusable() && configuration_ == configuration && demand_ == demand;
}

awaitable<void> ClientConnection::quit() {
  if (!stream_) co_return;
  session_.quit();
  co_await converse();
}

awaitable<host::ErrorCode> ClientConnection::connect() {
  auto connecting = host_.connect(target_.endpoint, host_.mono_now() + connect_timeout);
  auto waiting = until_stop(core_, std::move(connecting));
  auto connected = co_await std::move(waiting);
  if (!connected) co_return boost::asio::error::operation_aborted;
  if (!*connected) co_return connected->error();
  stream_ = std::move(*connected).value();
  leash_ = core_->streams.add(*stream_);
  co_return host::ErrorCode{};
}

/// Until the message is finished and the connection can carry another, or until it is closed.
awaitable<void> ClientConnection::converse() {
  for (;;) {
    auto action = session_.next();
    if (const auto* input = std::get_if<ClientSession::NeedInput>(&action)) {
      co_await read(input->phase);
    } else if (auto* send = std::get_if<ClientSession::Send>(&action)) {
      co_await write(std::move(send->bytes));
    } else if (std::holds_alternative<ClientSession::StartTls>(action)) {
      co_await start_tls();
    } else if (auto* finished = std::get_if<ClientSession::Finished>(&action)) {
      result_.outcome = std::move(finished->outcome);
      if (result_.outcome.failure) note(*result_.outcome.failure);
      if (session_.reusable()) co_return;
    } else {
      leash_ = {};
      if (stream_) stream_->close();  // none is left of a handshake that failed
      stream_.reset();
      co_return;
    }
  }
}

awaitable<void> ClientConnection::read(Phase phase) {
  if (!reply_due_ || replies_seen_ != session_.replies()) {
    replies_seen_ = session_.replies();
    reply_due_ = host_.mono_now() + timeout_of(phase);
  }
  std::string bytes;
  host::ErrorCode error = boost::asio::error::operation_aborted;
  if (!core_->stopping) error = co_await host::read_some(host_, *stream_, bytes, *reply_due_);
  if (!error) session_.receive(bytes);
  if (error) lose(error);
}

awaitable<void> ClientConnection::write(std::string bytes) {
  const auto deadline = host_.mono_now() + timeout_of(session_.phase());
  host::ErrorCode error = boost::asio::error::operation_aborted;
  if (!core_->stopping) error = co_await host::write_all(host_, *stream_, bytes, deadline);
  reply_due_.reset();
  if (error) lose(error);
}

void ClientConnection::lose(host::ErrorCode error) {
  channel_error_ = error;
  session_.connection_lost(error.message());
}

void ClientConnection::refuse_tls(Failure failure, std::string reason) {
  handshake_failure_ = failure;
  session_.tls_failed(std::move(reason));
}

awaitable<void> ClientConnection::start_tls() {
  if (core_->stopping) {
    lose(boost::asio::error::operation_aborted);
    co_return;
  }
  tls::PeerCheck check{demand_.level, target_.host, host_.wall_now()};
  host::TlsSetup setup = [&check](SSL* ssl) {
    tls::set_server_name(ssl, check.host);
    tls::watch_alerts(ssl);
    tls::check_peer(ssl, check);
  };
  const auto deadline = host_.mono_now() + handshake_timeout;
  const auto& context = demand_.client_certificate ? *configuration_->tls_client_identified
                                                   : configuration_->tls_client;
  auto handshake = host::tls_handshake(host_, std::move(stream_), context.get(),
                                       host::TlsRole::client, std::move(setup), deadline);
  auto done = co_await std::move(handshake);
  leash_ = {};  // only now: until here the transport below was what stop() would cancel
  if (!done.stream) {
    const bool ours = check.fault.has_value();
    refuse_tls(ours ? encryption::failure_of(*check.fault)
                    : encryption::classify_handshake(done.failure, demand_.client_certificate),
               ours ? check.detail : done.failure.reason);
    co_return;
  }
  stream_ = std::move(done.stream);
  leash_ = core_->streams.add(*stream_);
  const auto negotiated = tls::describe(stream_->tls());
  const auto weakness = core_->decisions.weakness_of(negotiated, configuration_->settings.tls);
  if (weakness) {
    refuse_tls(encryption::failure_of(*weakness), tls::to_text(negotiated));
    co_return;
  }
  tls_ = tls::to_text(negotiated);
  result_.tls = tls_;
  session_.tls_started({negotiated.version, negotiated.cipher, negotiated.bits});
}

/// Names the failure that ended the session.
void ClientConnection::note(const smtp::SessionFailure& failure) {
  result_.failure = name(failure);
  result_.detail = failure.reason;
  result_.stale = messages_ > 1 && is_stale(failure);
}

Failure ClientConnection::name(const smtp::SessionFailure& failure) const {
  using Kind = smtp::SessionFailure::Kind;
  switch (failure.kind) {
    case Kind::tls:
      return name(*failure.tls);
    case Kind::authentication:
      return name(*failure.auth);
    case Kind::connection_lost:
      return encryption::classify_channel(channel_error_, refused_our_certificate(failure),
                                          demand_.client_certificate);
    case Kind::protocol_error:
      return Failure::protocol_error;
    case Kind::greeting_refused:
    case Kind::hello_refused:
    case Kind::closing:
      break;
  }
  return failure.reply.permanent() ? Failure::permanent_reply : Failure::temporary_reply;
}

Failure ClientConnection::name(smtp::TlsFailure failure) const {
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

Failure ClientConnection::name(smtp::AuthFailure failure) const {
  switch (failure) {
    case smtp::AuthFailure::in_clear:
      return Failure::authentication_in_clear;
    case smtp::AuthFailure::not_offered:
      return Failure::authentication_not_offered;
    case smtp::AuthFailure::refused:
      return Failure::authentication_refused;
    case smtp::AuthFailure::garbage:
      break;
  }
  return Failure::protocol_error;
}

/// Before the first reply over TLS only: later alerts are about something else.
bool ClientConnection::refused_our_certificate(const smtp::SessionFailure& failure) const {
  if (!failure.over_tls || failure.phase != Phase::ehlo || !stream_ || !stream_->tls()) {
    return false;
  }
  const auto alert = tls::received_alert(stream_->tls());
  return alert && tls::is_certificate_alert(*alert);
}

}  // namespace sealgate::gateway
