#include "reference/smtp/client_transaction.hpp"

#include <algorithm>
#include <cassert>
#include <string_view>
#include <utility>

namespace sealgate::smtp {

ClientTransaction::ClientTransaction(OutgoingMessage message, const Capabilities& offered,
                                     std::size_t block_octets)
    : message_(std::move(message)),
      properties_(examine(message_.content)),
      offered_(offered),
      block_octets_(block_octets),
      marks_(message_.recipients.size(), Mark::undecided) {
  assert(!message_.recipients.empty() && block_octets_ > 0);
  for (const Recipient& recipient : message_.recipients)
    results_.push_back({.recipient = recipient, .dsn_offered = offered_.dsn});
  if (const auto reason = why_unsendable(message_, properties_, offered_)) {
    decide_rest(*reason, Phase::mail);
    finished_ = true;
  }
}

Phase ClientTransaction::phase() const {
  if (step_ == Step::content) return Phase::content;
  if (step_ != Step::commands) return Phase::final_dot;
  if (answered_ == 0) return Phase::mail;
  return answered_ < data_index() ? Phase::rcpt : Phase::data;
}

bool ClientTransaction::produce(std::string& out) {
  if (finished_) return false;
  if (step_ == Step::commands) return produce_commands(out);
  if (step_ == Step::lone_dot && !std::exchange(lone_dot_sent_, true)) {
    out += ".\r\n";  // RFC 2920 section 3.1: a 354 although nobody was accepted
    return true;
  }
  if (step_ != Step::content) return false;
  const std::string_view content = message_.content;
  encoder_.encode(content.substr(content_sent_, block_octets_), out);
  content_sent_ = std::min(content_sent_ + block_octets_, content.size());
  if (content_sent_ < content.size()) return true;
  encoder_.finish(out);
  step_ = Step::final_dot;
  return true;
}

bool ClientTransaction::produce_commands(std::string& out) {
  if (sent_ != answered_) return false;  // the last group is still being answered
  const std::size_t group = offered_.pipelining ? commands_in_flight_max : 1;
  const std::size_t first = sent_;
  while (sent_ <= data_index() && sent_ - first < group) {
    if (sent_ == 0) {
      out += mail_line(message_, properties_, offered_);
    } else if (sent_ < data_index()) {
      out += rcpt_line(message_.recipients[sent_ - 1], offered_);
    } else {
      out += "DATA\r\n";
    }
    ++sent_;
  }
  return sent_ != first;
}

bool ClientTransaction::on_reply(const Reply& reply) {
  if (step_ == Step::content) return false;
  if (step_ == Step::lone_dot) {  // nobody was to get it: whatever the server says to it
    finished_ = true;
    return true;
  }
  if (step_ == Step::final_dot) {
    if (reply.intermediate()) return false;
    decide_rest(reply, Phase::final_dot);
    finished_ = true;
    return true;
  }
  if (answered_ == sent_) return false;
  const std::size_t command = answered_;
  const bool is_data = command == data_index();
  if (is_data ? reply.completion() || (reply.intermediate() && reply.code != 354)
              : reply.intermediate()) {
    return false;
  }
  ++answered_;
  if (is_data) {
    on_data(reply);
  } else if (command == 0) {
    on_mail(reply);
  } else {
    on_rcpt(reply, command - 1);
  }
  // A group ended and nobody is left to send to: no more commands, no DATA.
  const bool hopeless =
      std::all_of(marks_.begin(), marks_.end(), [](Mark mark) { return mark == Mark::decided; });
  if (step_ == Step::commands && hopeless && answered_ == sent_) finished_ = true;
  return true;
}

void ClientTransaction::on_mail(const Reply& reply) {
  needs_rset_ = reply.completion();
  if (!reply.completion()) decide_rest(reply, Phase::mail);
}

void ClientTransaction::on_rcpt(const Reply& reply, std::size_t index) {
  if (marks_[index] == Mark::decided) return;  // MAIL was refused; this only echoes it
  if (reply.completion()) {
    marks_[index] = Mark::accepted;
    return;
  }
  // RFC 5321 section 4.5.3.1.10: 552 for too many recipients is to be read as 452.
  const bool permanent = reply.permanent() && reply.code != 552;
  decide(index, permanent ? Disposition::permanent : Disposition::temporary, reply, Phase::rcpt);
}

void ClientTransaction::on_data(const Reply& reply) {
  if (!reply.intermediate()) {
    decide_rest(reply, Phase::data);
    return;
  }
  needs_rset_ = false;
  step_ = any_accepted() ? Step::content : Step::lone_dot;
}

void ClientTransaction::decide(std::size_t index, Disposition disposition, const Reply& reply,
                               Phase decided_in) {
  marks_[index] = Mark::decided;
  results_[index].disposition = disposition;
  results_[index].reply = reply;
  results_[index].phase = decided_in;
}

/// For all that have no verdict yet; at the final dot these are the accepted ones.
void ClientTransaction::decide_rest(const Reply& reply, Phase decided_in) {
  const Disposition disposition = reply.completion()  ? Disposition::delivered
                                  : reply.permanent() ? Disposition::permanent
                                                      : Disposition::temporary;
  for (std::size_t i = 0; i < marks_.size(); ++i) {
    if (marks_[i] != Mark::decided) decide(i, disposition, reply, decided_in);
  }
}

void ClientTransaction::abort(const Reply& reply) {
  const Phase reached = phase();
  for (std::size_t i = 0; i < marks_.size(); ++i) {
    if (marks_[i] == Mark::decided) continue;
    decide(i, Disposition::temporary, reply, reached);
    // RFC 1047: the message may be there although its reply is not.
    results_[i].unknown = step_ == Step::final_dot && !reply.received();
  }
  finished_ = true;
}

bool ClientTransaction::any_accepted() const {
  return std::find(marks_.begin(), marks_.end(), Mark::accepted) != marks_.end();
}

}  // namespace sealgate::smtp
