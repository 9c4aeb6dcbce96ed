// The mail transaction of the server's session: MAIL, RCPT, DATA and the caller's verdicts on them.
#include <cassert>
#include <utility>

#include "reference/smtp/server_session.hpp"

namespace sealgate::smtp {
namespace {

Reply bad_sequence(std::string text) {
  return Reply(503, {5, 5, 1}, std::move(text));  // RFC 5321 section 4.1.4
}

/// RFC 1870 sections 6.1 (declared) and 6.3 (found); 5.3.4: RFC 3463 section 3.4.
Reply too_big() {
  return Reply(552, {5, 3, 4}, "message exceeds the maximum size");
}

}  // namespace

std::optional<ServerSession::Action> ServerSession::mail(std::string_view argument) {
  if (helo_.empty()) return refuse(bad_sequence("EHLO or HELO first")), std::nullopt;
  if (mail_given_) return refuse(bad_sequence("a transaction is under way")), std::nullopt;
  auto parsed = parse_mail(argument);
  if (const Reply* refusal = std::get_if<Reply>(&parsed)) return refuse(*refusal), std::nullopt;
  auto& command = std::get<MailCommand>(parsed);
  if (command.parameters.size_bytes.value_or(0) > config_.limits.size_max_bytes) {
    return refuse(too_big()), std::nullopt;
  }
  reverse_path_ = std::move(command.reverse_path);
  parameters_ = command.parameters;
  state_ = State::sender_asked;
  return CheckSender{reverse_path_, parameters_};
}

std::optional<ServerSession::Action> ServerSession::rcpt(std::string_view argument) {
  if (!mail_given_) return refuse(bad_sequence("MAIL first")), std::nullopt;
  auto parsed = parse_rcpt(argument, parameters_.smtp_utf8);
  if (const Reply* refusal = std::get_if<Reply>(&parsed)) return refuse(*refusal), std::nullopt;
  if (recipients_.size() >= config_.limits.recipients_max) {
    // RFC 5321 section 4.5.3.1.10: 452, no error of the client; 4.5.3: RFC 3463 section 3.6.
    say(Reply(452, {4, 5, 3}, "too many recipients"));
    return {};
  }
  asked_ = std::get<Recipient>(std::move(parsed));
  state_ = State::recipient_asked;
  return CheckRecipient{asked_};
}

void ServerSession::data(std::string_view argument) {
  if (!argument.empty()) return refuse(Reply(501, {5, 5, 4}, "no argument allowed"));
  if (!mail_given_) return refuse(bad_sequence("MAIL first"));
  if (recipients_.empty()) {
    // RFC 5321 section 4.1.1.4, RFC 2920 section 3.1: so that a pipelining client sends no content.
    // Not counted as an error: it is the refused recipients over again.
    return say(Reply(554, {5, 5, 1}, "no valid recipients"));
  }
  say(Reply(354, "end with <CRLF>.<CRLF>"));  // RFC 5321 section 4.1.1.4
  data_.emplace(config_.limits.size_max_bytes);
  state_ = State::data;
}

std::optional<ServerSession::Action> ServerSession::run_data() {
  input_.consume(data_->receive(input_.rest()));
  if (!data_->finished()) return wait_for_input();
  return finish_data();
}

std::optional<ServerSession::Action> ServerSession::finish_data() {
  state_ = State::command;
  if (data_->malformed()) {
    // RFC 5321 sections 2.3.8 and 4.1.1.4: where lines end must not be a matter of opinion, or one
    // message becomes two behind us. 554: section 4.2.3; 5.6.0: RFC 3463 section 3.7.
    reset_transaction();
    refuse(Reply(554, {5, 6, 0}, "bare CR, bare LF or NUL in the message"));
    return {};
  }
  if (data_->too_big()) {
    reset_transaction();
    refuse(too_big());
    return {};
  }
  AcceptMessage accept;
  accept.transaction.reverse_path = std::move(reverse_path_);
  accept.transaction.parameters = parameters_;
  accept.transaction.recipients = std::move(recipients_);
  accept.transaction.content = data_->take_content();
  accept.transaction.helo = helo_;
  accept.transaction.esmtp = esmtp_;
  accept.transaction.tls = tls_;
  reset_transaction();
  state_ = State::message_asked;
  return accept;
}

void ServerSession::answer(Reply reply) {
  assert(reply.received() && !reply.intermediate());
  const State asked = std::exchange(state_, State::command);
  // RFC 5321 section 3.8: whatever was asked, 421 announces that the channel closes.
  if (reply.code == 421) return hang_up(reply);
  switch (asked) {
    case State::sender_asked:
      mail_given_ = reply.completion();
      break;
    case State::recipient_asked:
      if (reply.completion()) recipients_.push_back(std::move(asked_));
      break;
    case State::message_asked:
      break;
    default:
      assert(!"answer() without a question");
  }
  say(reply);
}

void ServerSession::reset_transaction() {
  mail_given_ = false;
  reverse_path_ = Path{};
  parameters_ = MailParameters{};
  recipients_.clear();
  data_.reset();
}

}  // namespace sealgate::smtp
