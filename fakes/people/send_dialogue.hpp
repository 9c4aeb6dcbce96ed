// The client side of one submission, sans-I/O (RFC 5321, RFC 2920, RFC 3207).
//
// Each reply goes in, actions come out, to be performed in their order. It repairs nothing and
// decides nothing that the submission leaves open; one message, one connection. It ends with
// Finish, after which result() stands. The submission is borrowed and must outlive it.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "fakes/core/smtp_codec.hpp"
#include "fakes/people/submission.hpp"

namespace fakes {

namespace send_action {
struct Send {
  std::string bytes;
};
struct Upgrade {};  ///< perform the handshake, then on_tls() or on_lost()
struct Finish {};   ///< close the connection
}  // namespace send_action

using SendAction = std::variant<send_action::Send, send_action::Upgrade, send_action::Finish>;
using SendActions = std::vector<SendAction>;

class SendDialogue {
 public:
  explicit SendDialogue(const Submission& submission);

  /// The reply to what waiting_for() names; ignored when nothing is due.
  SendActions on_reply(const ReceivedReply& reply);
  SendActions on_tls();
  /// The connection, the handshake or a deadline failed: no more replies will come.
  void on_lost(std::string_view reason);

  /// CONNECT, EHLO, STARTTLS, MAIL, RCPT, DATA, END (the final dot) or QUIT; empty: nothing is due.
  std::string_view waiting_for() const;
  const SendResult& result() const { return result_; }

 private:
  enum class Wait { connect, ehlo, starttls, mail, rcpt, data, end, quit };

  void dispatch(Wait step, const ReceivedReply& reply);
  void on_ehlo(const ReceivedReply& reply);
  void on_rcpt(const ReceivedReply& reply);
  void on_data(const ReceivedReply& reply);
  void send(std::string bytes, Wait wait);
  void send_envelope();
  void send_recipient();
  /// The first decision stands. Once no reply is due any more, QUIT follows.
  void decide(SendOutcome outcome, int code, std::string text);
  void decide(const ReceivedReply& refusal);
  void conclude(SendOutcome outcome, int code, std::string text);

  const Submission& submission_;
  SendActions actions_;
  SendResult result_;
  std::deque<Wait> waiting_;  ///< replies still due, in their order
  bool decided_ = false;
  bool in_tls_ = false;
  bool pipelining_ = false;
  ReceivedReply refusal_;  ///< of the last recipient that was refused
  std::size_t sent_recipients_ = 0;
  std::size_t answered_recipients_ = 0;
  std::size_t accepted_recipients_ = 0;
};

}  // namespace fakes
