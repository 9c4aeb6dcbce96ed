#include "fakes/people/send_dialogue.hpp"

#include <fmt/format.h>

#include <utility>

#include "fakes/core/message_data.hpp"

namespace fakes {
namespace {

bool offers(const ReceivedReply& ehlo, std::string_view keyword) {
  for (const std::string& line : ehlo.lines) {
    if (parse_command(line).verb == keyword) return true;
  }
  return false;
}

SendOutcome outcome_of(int code) {
  if (code >= 500) return SendOutcome::permanent;
  if (code >= 400) return SendOutcome::temporary;
  return SendOutcome::lost;  // a positive reply where none could be: the dialogue is broken
}

}  // namespace

std::string_view to_string(SendOutcome outcome) {
  switch (outcome) {
    case SendOutcome::accepted:
      return "accepted";
    case SendOutcome::temporary:
      return "temporary";
    case SendOutcome::permanent:
      return "permanent";
    case SendOutcome::lost:
      return "lost";
  }
  return "?";
}

SendDialogue::SendDialogue(const Submission& submission)
    : submission_(submission), waiting_{Wait::connect} {
  result_.text = "no reply";
  for (const std::string& recipient : submission.recipients) {
    result_.recipients.emplace_back(recipient, 0);
  }
}

SendActions SendDialogue::on_reply(const ReceivedReply& reply) {
  if (!waiting_.empty()) {
    const Wait step = waiting_.front();
    waiting_.pop_front();
    if (!reply.well_formed) {
      conclude(SendOutcome::lost, reply.code, "malformed reply: " + reply.text());
      waiting_.clear();
      actions_.push_back(send_action::Finish{});
    } else {
      dispatch(step, reply);
    }
  }
  return std::exchange(actions_, {});
}

void SendDialogue::dispatch(Wait step, const ReceivedReply& reply) {
  const bool positive = reply.code >= 200 && reply.code < 300;
  switch (step) {
    case Wait::connect:
      if (positive) return send("EHLO " + submission_.helo + "\r\n", Wait::ehlo);
      return decide(reply);
    case Wait::ehlo:
      return positive ? on_ehlo(reply) : decide(reply);
    case Wait::starttls:
      if (positive) return actions_.push_back(send_action::Upgrade{});
      // Optional means: without, when the server will not (RFC 3207 section 4.1).
      return submission_.use_tls == UseTls::required ? decide(reply) : send_envelope();
    case Wait::mail:
      if (!positive) return decide(reply);
      return pipelining_ ? void() : send_recipient();
    case Wait::rcpt:
      return on_rcpt(reply);
    case Wait::data:
      return on_data(reply);
    case Wait::end:
      return positive ? decide(SendOutcome::accepted, reply.code, reply.text()) : decide(reply);
    case Wait::quit:
      return actions_.push_back(send_action::Finish{});
  }
}

void SendDialogue::on_ehlo(const ReceivedReply& reply) {
  pipelining_ = submission_.pipelining && offers(reply, "PIPELINING");
  const bool tls_open = submission_.use_tls != UseTls::never && !in_tls_;
  if (!tls_open) return send_envelope();
  if (offers(reply, "STARTTLS")) return send("STARTTLS\r\n", Wait::starttls);
  if (submission_.use_tls == UseTls::if_offered) return send_envelope();
  decide(SendOutcome::permanent, 0, "TLS is required and not offered");
}

SendActions SendDialogue::on_tls() {
  in_tls_ = true;
  send("EHLO " + submission_.helo + "\r\n", Wait::ehlo);  // RFC 3207 section 4.2
  return std::exchange(actions_, {});
}

void SendDialogue::on_lost(std::string_view reason) {
  waiting_.clear();
  conclude(SendOutcome::lost, 0, std::string(reason));
}

void SendDialogue::send_envelope() {
  std::string mail = "MAIL FROM:<" + submission_.from + ">";
  if (!submission_.mail_parameters.empty()) mail += ' ' + submission_.mail_parameters;
  send(mail + "\r\n", Wait::mail);
  if (!pipelining_) return;
  while (sent_recipients_ < submission_.recipients.size()) send_recipient();
  send("DATA\r\n", Wait::data);
}

void SendDialogue::send_recipient() {
  if (sent_recipients_ == submission_.recipients.size()) return send("DATA\r\n", Wait::data);
  const std::string& recipient = submission_.recipients[sent_recipients_++];
  std::string rcpt = "RCPT TO:<" + recipient + ">";
  if (!submission_.recipient_parameters.empty()) rcpt += ' ' + submission_.recipient_parameters;
  send(rcpt + "\r\n", Wait::rcpt);
}

void SendDialogue::on_rcpt(const ReceivedReply& reply) {
  result_.recipients[answered_recipients_++].second = reply.code;
  const bool accepted = reply.code >= 200 && reply.code < 300;
  if (accepted) ++accepted_recipients_;
  if (!accepted) refusal_ = reply;
  if (pipelining_) return;
  const bool last = answered_recipients_ == submission_.recipients.size();
  if (!last || accepted_recipients_ > 0) return send_recipient();
  decide(refusal_);  // nobody is left to send to
}

void SendDialogue::on_data(const ReceivedReply& reply) {
  const bool nobody = accepted_recipients_ == 0 && !submission_.recipients.empty();
  if (nobody) conclude(outcome_of(refusal_.code), refusal_.code, refusal_.text());
  if (reply.code != 354) return decide(reply);
  // RFC 2920 section 3.1: with everything refused DATA was on its way already; end it with nothing.
  send(decided_ ? ".\r\n" : with_final_dot(submission_.content), Wait::end);
}

void SendDialogue::send(std::string bytes, Wait wait) {
  waiting_.push_back(wait);
  // Pipelined commands leave in one piece.
  if (!actions_.empty()) {
    if (auto* last = std::get_if<send_action::Send>(&actions_.back())) {
      last->bytes += bytes;
      return;
    }
  }
  actions_.push_back(send_action::Send{std::move(bytes)});
}

void SendDialogue::decide(SendOutcome outcome, int code, std::string text) {
  conclude(outcome, code, std::move(text));
  if (waiting_.empty()) send("QUIT\r\n", Wait::quit);
}

void SendDialogue::decide(const ReceivedReply& refusal) {
  decide(outcome_of(refusal.code), refusal.code, refusal.text());
}

void SendDialogue::conclude(SendOutcome outcome, int code, std::string text) {
  if (std::exchange(decided_, true)) return;
  result_.outcome = outcome;
  result_.code = code;
  result_.text = std::move(text);
}

std::string_view SendDialogue::waiting_for() const {
  if (waiting_.empty()) return {};
  switch (waiting_.front()) {
    case Wait::connect:
      return "CONNECT";
    case Wait::ehlo:
      return "EHLO";
    case Wait::starttls:
      return "STARTTLS";
    case Wait::mail:
      return "MAIL";
    case Wait::rcpt:
      return "RCPT";
    case Wait::data:
      return "DATA";
    case Wait::end:
      return "END";
    case Wait::quit:
      return "QUIT";
  }
  return {};
}

}  // namespace fakes
