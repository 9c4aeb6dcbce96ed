#include "reference/smtp/client_session.hpp"

#include <cassert>
#include <cstdlib>
#include <utility>

namespace sealgate::smtp {

ClientSession::ClientSession(Config config)
    : config_(std::move(config)), input_(config_.reply_limits) {}

void ClientSession::begin(OutgoingMessage message) {
  assert(!message.recipients.empty() && !message_ && !transaction_);
  assert(state_ == State::greeting || reusable());
  message_ = std::move(message);
  if (state_ == State::ready) start_transaction();
}

bool ClientSession::reusable() const {
  return state_ == State::ready && !message_ && !transaction_;
}

void ClientSession::quit() {
  if (state_ == State::quitting || state_ == State::closed) return;
  assert(!message_ && !transaction_);
  part(state_ == State::ready ? Parting::quit : Parting::close);
}

Phase ClientSession::phase() const {
  switch (state_) {
    case State::greeting:
      return Phase::greeting;
    case State::ehlo:
    case State::helo:
      return Phase::ehlo;
    case State::starttls:
      return Phase::starttls;
    case State::tls_wanted:
    case State::handshake:
      return Phase::handshake;
    case State::auth:
      return Phase::auth;
    case State::rset:
      return Phase::rset;
    case State::ready:
      return transaction_ ? transaction_->phase() : Phase::idle;
    case State::quitting:
    case State::closed:
      return Phase::quit;
  }
  return Phase::quit;
}

void ClientSession::receive(std::string_view bytes) {
  if (state_ != State::closed) input_.receive(bytes);
}

ClientSession::Action ClientSession::next() {
  for (;;) {
    if (outcome_) {
      Finished finished{*std::move(outcome_)};
      outcome_.reset();
      return finished;
    }
    if (!output_.empty()) return Send{std::exchange(output_, {})};
    if (state_ == State::closed) return Close{};
    if (state_ == State::tls_wanted) {
      state_ = State::handshake;
      return StartTls{};
    }
    assert(state_ != State::handshake && "next() before tls_started() or tls_failed()");
    assert((message_ || transaction_ || state_ == State::quitting) && "begin() or quit() first");
    if (auto action = send_transaction()) return *std::move(action);

    Reply reply;
    switch (input_.next(reply)) {
      case ReplyParser::Status::need_input:
        return NeedInput{phase()};
      case ReplyParser::Status::complete:
        ++replies_;
        on_reply(reply);
        break;
      case ReplyParser::Status::malformed:
        on_malformed(input_.error());
        break;
    }
  }
}

/// The only place from which envelope and content go out.
std::optional<ClientSession::Action> ClientSession::send_transaction() {
  if (state_ != State::ready || !transaction_) return {};
  std::string bytes;
  if (!transaction_->produce(bytes)) return {};
  // TLS-M-03. Not an assert: this one holds in every build.
  if (config_.tls == TlsUse::required && !tls_) std::abort();
  return Send{std::move(bytes)};
}

void ClientSession::on_reply(const Reply& reply) {
  switch (state_) {
    case State::greeting:
      return on_greeting(reply);
    case State::ehlo:
    case State::helo:
      return on_hello(reply);
    case State::starttls:
      return on_starttls(reply);
    case State::auth:
      return on_auth(reply);
    case State::quitting:  // whatever it says to QUIT
      return part(Parting::close);
    default:
      break;
  }
  using Kind = SessionFailure::Kind;
  if (reply.code == 421) {  // RFC 5321 section 3.8: to any command, and the server closes
    return fail(failure(Kind::closing, reply, "the server closes: " + to_text(reply)),
                Parting::close);
  }
  if (state_ == State::rset && reply.completion()) {
    state_ = State::ready;
    return start_transaction();
  }
  if (state_ == State::ready && transaction_ && transaction_->on_reply(reply)) {
    if (transaction_->finished()) finish_transaction();
    return;
  }
  fail(failure(Kind::protocol_error, {}, "reply out of place: " + to_text(reply)), Parting::close);
}

void ClientSession::on_malformed(const std::string& error) {
  if (state_ == State::quitting) return part(Parting::close);
  if (state_ == State::starttls) {
    return fail(failure(TlsFailure::garbage_reply, {}, error), Parting::close);
  }
  if (state_ == State::auth) {  // the parser's words may hold the server's, and those the login
    return fail(failure(SessionFailure::Kind::protocol_error, {}, "no SMTP reply to AUTH"),
                Parting::close);
  }
  fail(failure(SessionFailure::Kind::protocol_error, {}, error), Parting::close);
}

void ClientSession::start_transaction() {
  if (input_.has_input()) {
    // Left over from the message before: replies and commands are out of step, or the server says
    // 421 on its own. Nothing of this message went out; on_reply() tells the two apart.
    transaction_.emplace(*std::exchange(message_, {}), capabilities_, config_.block_octets);
    Reply reply;
    if (input_.next(reply) == ReplyParser::Status::complete && reply.code == 421) {
      return fail(
          failure(SessionFailure::Kind::closing, reply, "the server closes: " + to_text(reply)),
          Parting::close);
    }
    return fail(failure(SessionFailure::Kind::protocol_error, {}, "a reply to no command"),
                Parting::close);
  }
  if (std::exchange(needs_rset_, false)) {  // RFC 5321 section 4.1.1.5
    output_ += "RSET\r\n";
    state_ = State::rset;
    return;
  }
  transaction_.emplace(*std::exchange(message_, {}), capabilities_, config_.block_octets);
  if (transaction_->finished()) finish_transaction();  // this server can never be sent it
}

void ClientSession::finish_transaction() {
  needs_rset_ = transaction_->needs_rset();
  outcome_.emplace().recipients = transaction_->take_results();
  transaction_.reset();
}

void ClientSession::connection_lost(std::string reason) {
  if (state_ == State::tls_wanted || state_ == State::handshake)
    return tls_failed(std::move(reason));
  if (message_ || transaction_) {
    auto lost = state_ == State::starttls
                    ? failure(TlsFailure::connection_lost, {}, std::move(reason))
                    : failure(SessionFailure::Kind::connection_lost, {}, std::move(reason));
    fail(std::move(lost), Parting::close);
  } else {
    part(Parting::close);
  }
}

SessionFailure ClientSession::failure(SessionFailure::Kind kind, const Reply& reply,
                                      std::string reason) const {
  return {.kind = kind,
          .tls = {},
          .auth = {},
          .phase = phase(),
          .over_tls = tls_.has_value(),
          .reply = reply,
          .reason = std::move(reason)};
}

SessionFailure ClientSession::failure(TlsFailure tls, const Reply& reply,
                                      std::string reason) const {
  SessionFailure made = failure(SessionFailure::Kind::tls, reply, std::move(reason));
  made.tls = tls;
  return made;
}

SessionFailure ClientSession::failure(AuthFailure auth, const Reply& reply,
                                      std::string reason) const {
  SessionFailure made = failure(SessionFailure::Kind::authentication, reply, std::move(reason));
  made.auth = auth;
  return made;
}

/// Ends the session, and the message with it. A 5yz in place of the greeting or to HELO is
/// permanent for this server; all else may look different next time, a refused STARTTLS above all.
void ClientSession::fail(SessionFailure failed, Parting parting) {
  using Kind = SessionFailure::Kind;
  Outcome& outcome = outcome_.emplace();
  if (transaction_) {
    transaction_->abort(failed.reply);
    outcome.recipients = transaction_->take_results();
  } else {
    const bool refused =
        failed.kind == Kind::greeting_refused || failed.kind == Kind::hello_refused;
    const bool permanent = refused && failed.reply.permanent();
    for (const Recipient& recipient : message_->recipients) {
      outcome.recipients.push_back(
          {.recipient = recipient,
           .disposition = permanent ? Disposition::permanent : Disposition::temporary,
           .reply = failed.reply,
           .phase = failed.phase});
    }
  }
  message_.reset();
  transaction_.reset();
  outcome.failure = std::move(failed);
  part(parting);
}

void ClientSession::part(Parting parting) {
  output_.clear();
  if (parting == Parting::quit) {
    output_ = "QUIT\r\n";
    state_ = State::quitting;
  } else {
    input_.clear();
    state_ = State::closed;
  }
}

}  // namespace sealgate::smtp
