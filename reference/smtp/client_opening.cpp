// The opening of the client's session: greeting, EHLO or HELO, STARTTLS, and EHLO again.
#include <cassert>
#include <utility>

#include "reference/smtp/client_session.hpp"

namespace sealgate::smtp {

using Kind = SessionFailure::Kind;

void ClientSession::on_greeting(const Reply& reply) {
  if (reply.code == 220) {  // RFC 5321 section 4.3.2
    output_ += "EHLO " + config_.helo_name + "\r\n";
    state_ = State::ehlo;
    return;
  }
  if (reply.temporary() || reply.permanent()) {
    // RFC 5321 section 3.1: after a 554 the server waits for QUIT; after 421 it does not.
    return fail(failure(Kind::greeting_refused, reply, "greeting: " + to_text(reply)),
                reply.code == 421 ? Parting::close : Parting::quit);
  }
  fail(failure(Kind::protocol_error, {}, "no greeting: " + to_text(reply)), Parting::close);
}

void ClientSession::on_hello(const Reply& reply) {
  if (reply.completion()) {
    if (state_ == State::ehlo) capabilities_ = parse_capabilities(reply);
    return hello_done();
  }
  if (reply.intermediate()) {
    return fail(failure(Kind::protocol_error, {}, "reply to EHLO: " + to_text(reply)),
                Parting::close);
  }
  if (reply.permanent() && state_ == State::ehlo) {  // RFC 5321 section 3.2
    output_ += "HELO " + config_.helo_name + "\r\n";
    state_ = State::helo;
    return;
  }
  fail(failure(Kind::hello_refused, reply, "EHLO or HELO: " + to_text(reply)),
       reply.code == 421 ? Parting::close : Parting::quit);
}

void ClientSession::hello_done() {
  if (config_.tls == TlsUse::required && !tls_) {
    if (!capabilities_.starttls) {
      const char* reason = state_ == State::helo ? "only HELO is understood: no STARTTLS"
                                                 : "STARTTLS is not offered";
      return fail(failure(TlsFailure::not_offered, {}, reason), Parting::quit);
    }
    output_ += "STARTTLS\r\n";
    state_ = State::starttls;
    return;
  }
  if (config_.login) return start_auth();
  state_ = State::ready;
  start_transaction();
}

void ClientSession::start_auth() {
  if (!tls_ && !config_.login->in_clear) {  // RUL-30: waits; CRAM-MD5 would name the user
    return fail(failure(AuthFailure::in_clear, {}, "authentication is not said in clear"),
                Parting::quit);
  }
  auth_.emplace(*config_.login, capabilities_.auth_mechanisms);
  if (auth_->hopeless()) {
    const char* reason = capabilities_.auth_mechanisms.empty()
                             ? "AUTH is not offered"
                             : "AUTH is offered with unknown mechanisms only";
    return fail(failure(AuthFailure::not_offered, {}, reason), Parting::quit);
  }
  state_ = State::auth;
  output_ += auth_->begin();
}

void ClientSession::on_auth(const Reply& received) {
  const Reply reply = auth_->redacted(received);
  if (reply.code == 421) {
    return fail(failure(Kind::closing, reply, "the server closes: " + to_text(reply)),
                Parting::close);
  }
  AuthExchange::Step step = auth_->on_reply(received);
  if (!step.send.empty()) {
    output_ += std::move(step.send);
    return;
  }
  if (!step.failure) {
    auth_.reset();
    state_ = State::ready;
    return start_transaction();
  }
  // A refusal leaves the connection in order; of a reply out of place nobody knows what it means.
  const bool orderly = reply.temporary() || reply.permanent();
  fail(failure(*step.failure, reply, "AUTH: " + to_text(reply)),
       orderly ? Parting::quit : Parting::close);
}

void ClientSession::on_starttls(const Reply& reply) {
  if (reply.temporary() || reply.permanent()) {  // RFC 3207 section 4: 454, 501 and whatever else
    return fail(failure(TlsFailure::refused, reply, "STARTTLS: " + to_text(reply)),
                reply.code == 421 ? Parting::close : Parting::quit);
  }
  if (reply.code != 220) {  // does the server wait for a handshake or for a command? Nobody knows
    return fail(failure(TlsFailure::garbage_reply, reply, "STARTTLS: " + to_text(reply)),
                Parting::close);
  }
  if (input_.has_input()) {
    return fail(failure(TlsFailure::plaintext_injected, {}, "input behind the 220 to STARTTLS"),
                Parting::close);
  }
  state_ = State::tls_wanted;
}

void ClientSession::tls_started(TlsInfo info) {
  assert(state_ == State::handshake);
  if (input_.has_input()) {  // handed over while the handshake ran
    return fail(failure(TlsFailure::plaintext_injected, {}, "plaintext input before the handshake"),
                Parting::close);
  }
  tls_ = std::move(info);
  capabilities_ = {};  // RFC 3207 section 4.2: what was offered in clear does not count
  output_ += "EHLO " + config_.helo_name + "\r\n";
  state_ = State::ehlo;
}

void ClientSession::tls_failed(std::string reason) {
  assert(state_ == State::tls_wanted || state_ == State::handshake);
  fail(failure(TlsFailure::handshake_failed, {}, std::move(reason)), Parting::close);
}

}  // namespace sealgate::smtp
