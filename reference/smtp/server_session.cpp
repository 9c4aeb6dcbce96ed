#include "reference/smtp/server_session.hpp"

#include <fmt/format.h>

#include <cassert>
#include <utility>

namespace sealgate::smtp {
namespace {

/// Replies to a pipelined group are coalesced up to here (RFC 2920 section 3.2).
constexpr std::size_t coalesced_octets_max = 4096;
constexpr std::size_t helo_octets_max = 255;

/// RFC 5321 section 4.1.4 forbids to refuse a client for a name that does not match it; we look no
/// further than what would spoil a Received field or a log.
bool is_helo_name(std::string_view name) {
  if (name.empty() || name.size() > helo_octets_max) return false;
  for (const char c : name) {
    if (c <= ' ' || c > '~') return false;
  }
  return true;
}

Reply bad_sequence(std::string text) {
  return Reply(503, {5, 5, 1}, std::move(text));  // RFC 5321 section 4.1.4
}

Reply unexpected_argument() {
  return Reply(501, {5, 5, 4}, "no argument allowed");  // RFC 5321 section 4.1.1: none is defined
}

}  // namespace

ServerSession::ServerSession(Config config)
    : config_(std::move(config)), input_(config_.limits.command_octets_max) {
  say(Reply(220, config_.hostname + " ESMTP"));  // RFC 5321 section 3.1
}

void ServerSession::receive(std::string_view bytes) {
  if (state_ != State::closing && state_ != State::closed) input_.receive(bytes);
}

ServerSession::Action ServerSession::next() {
  for (;;) {
    switch (state_) {
      case State::sender_asked:
      case State::recipient_asked:
      case State::message_asked:
      case State::tls_pending:
        assert(!"next() before answer() or tls_started()");
        return Close{};
      case State::tls_wanted:
        if (!output_.empty()) return flush();
        state_ = State::tls_pending;
        return StartTls{};
      case State::closing:
        if (!output_.empty()) return flush();
        state_ = State::closed;
        return Close{};
      case State::closed:
        return Close{};
      case State::command:
      case State::data:
        break;
    }
    if (output_.size() >= coalesced_octets_max) return flush();
    auto action = state_ == State::data ? run_data() : run_command();
    if (action) return *std::move(action);
  }
}

ServerSession::Action ServerSession::wait_for_input() {
  if (!output_.empty()) return flush();
  return NeedInput{};
}

ServerSession::Send ServerSession::flush() {
  return Send{std::exchange(output_, {})};
}

void ServerSession::say(const Reply& reply) {
  output_ += to_wire(reply);
}

void ServerSession::hang_up(const Reply& reply) {
  say(reply);
  input_.clear();
  reset_transaction();
  state_ = State::closing;
}

/// A reply of 5yz that the client brought upon itself.
void ServerSession::refuse(const Reply& reply) {
  if (++command_errors_ > config_.limits.command_errors_max) {
    // RFC 5321 section 3.8: 421 before the server closes; 4.7.0: a matter of policy (RFC 3463).
    return hang_up(Reply(421, {4, 7, 0}, config_.hostname + " too many errors, closing"));
  }
  say(reply);
}

std::optional<ServerSession::Action> ServerSession::run_command() {
  std::string line;
  switch (input_.next_line(line)) {
    case LineBuffer::Status::need_input:
      return wait_for_input();
    case LineBuffer::Status::too_long:
      refuse(Reply(500, {5, 5, 2}, "line too long"));  // RFC 5321 section 4.5.3.1.10
      return {};
    case LineBuffer::Status::refused:
      // RFC 5321 section 2.3.8: CR and LF occur as CRLF only; NUL is in no command.
      refuse(Reply(500, {5, 5, 2}, "bare CR, bare LF or NUL in a command"));
      return {};
    case LineBuffer::Status::line:
      return execute(parse_command(line));
  }
  return {};
}

/// RFC 3207 section 4: what is answered in clear where TLS is required.
bool ServerSession::needs_tls(Verb verb) const {
  const bool always =
      verb == Verb::ehlo || verb == Verb::noop || verb == Verb::starttls || verb == Verb::quit;
  return config_.require_tls && !tls_ && !always;
}

std::optional<ServerSession::Action> ServerSession::execute(const Command& command) {
  if (needs_tls(command.verb)) {
    return refuse(Reply(530, {5, 7, 0}, "say STARTTLS first")), std::nullopt;
  }
  switch (command.verb) {
    case Verb::ehlo:
    case Verb::helo:
      hello(command);
      break;
    case Verb::mail:
      return mail(command.argument);
    case Verb::rcpt:
      return rcpt(command.argument);
    case Verb::data:
      data(command.argument);
      break;
    case Verb::starttls:
      starttls(command.argument);
      break;
    case Verb::rset:  // RFC 5321 section 4.1.1.5
      if (!command.argument.empty()) return refuse(unexpected_argument()), std::nullopt;
      reset_transaction();
      say(Reply(250, {2, 0, 0}, "reset"));
      break;
    case Verb::noop:  // RFC 5321 section 4.1.1.9: an argument is allowed and ignored
      say(Reply(250, {2, 0, 0}, "ok"));
      break;
    case Verb::quit:  // RFC 5321 section 4.1.1.10
      if (!command.argument.empty()) return refuse(unexpected_argument()), std::nullopt;
      hang_up(Reply(221, {2, 0, 0}, config_.hostname + " closing"));
      break;
    case Verb::vrfy:  // RFC 5321 section 3.5.3: neither confirmed nor denied (section 7.3)
      if (command.argument.empty()) {
        refuse(Reply(501, {5, 5, 4}, "syntax: VRFY address"));  // section 4.3.2
      } else {
        say(Reply(252, {2, 5, 0}, "cannot verify, will take the message"));
      }
      break;
    case Verb::help:  // RFC 5321 section 4.1.1.8
      say(Reply(214, {2, 0, 0},
                "EHLO HELO MAIL RCPT DATA RSET NOOP QUIT VRFY HELP STARTTLS; see RFC 5321"));
      break;
    case Verb::unknown:  // RFC 5321 section 4.2.4; 5.5.2: RFC 3463 section 3.6
      refuse(Reply(500, {5, 5, 2}, "command not recognised"));
      break;
  }
  return {};
}

void ServerSession::hello(const Command& command) {
  if (!is_helo_name(command.argument)) {
    return refuse(Reply(501, {5, 5, 4}, "a host name is wanted"));  // RFC 5321 section 4.3.2
  }
  reset_transaction();  // RFC 5321 section 4.1.4: as RSET would
  helo_ = command.argument;
  esmtp_ = command.verb == Verb::ehlo;
  say(esmtp_ ? ehlo_reply() : Reply(250, config_.hostname));  // RFC 5321 section 4.1.1.1
}

/// Without an enhanced code, like the greeting and the reply to HELO (RFC 2034 section 4).
Reply ServerSession::ehlo_reply() const {
  Reply reply(250, config_.hostname);
  reply.lines.push_back("PIPELINING");
  reply.lines.push_back(fmt::format("SIZE {}", config_.limits.size_max_bytes));
  reply.lines.push_back("8BITMIME");
  reply.lines.push_back("SMTPUTF8");
  reply.lines.push_back("DSN");
  if (config_.offer_starttls && !tls_) reply.lines.push_back("STARTTLS");  // RFC 3207 section 4.2
  reply.lines.push_back("ENHANCEDSTATUSCODES");
  return reply;
}

void ServerSession::starttls(std::string_view argument) {
  if (!argument.empty()) return refuse(unexpected_argument());  // 501: RFC 3207 section 4
  if (tls_) return refuse(bad_sequence("TLS is active already"));
  if (!config_.offer_starttls) {
    return refuse(Reply(502, {5, 5, 1}, "STARTTLS is not offered"));  // RFC 5321 section 4.2.4
  }
  if (!esmtp_) return refuse(bad_sequence("EHLO first"));
  if (!input_.empty()) {
    // RFC 3207 section 4: the client waits for the 220. What came early came in clear, from
    // whomever, and must not be taken for what the client says under TLS: it is dropped, and so is
    // the client.
    return hang_up(Reply(421, {4, 7, 0}, config_.hostname + " input behind STARTTLS, closing"));
  }
  say(Reply(220, {2, 0, 0}, "ready for TLS"));  // RFC 3207 section 4
  state_ = State::tls_wanted;
}

void ServerSession::tls_started(TlsInfo info) {
  assert(state_ == State::tls_pending);
  reset_transaction();
  helo_.clear();
  esmtp_ = false;
  tls_ = std::move(info);
  // Bytes handed over between StartTls and here were not protected: nothing is said to their
  // sender.
  state_ = input_.empty() ? State::command : State::closed;
  input_.clear();
}

void ServerSession::shut_down(Reply reply) {
  if (state_ == State::closed) return;
  // In the middle of a handshake a plaintext reply would be garbage to the client.
  const bool silent = state_ == State::tls_pending;
  hang_up(reply);
  if (silent) output_.clear();
}

}  // namespace sealgate::smtp
