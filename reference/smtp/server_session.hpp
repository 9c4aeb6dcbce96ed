// The server's side of one SMTP connection (RFC 5321), sans-I/O: no socket, no clock, no storage.
// The caller pulls actions and performs them:
//
//  - NeedInput: read some bytes, receive() them. The deadline is the caller's (4.5.3.2.7).
//  - Send: write the bytes before the next call to next().
//  - CheckSender, CheckRecipient, AcceptMessage: decide, then answer(Reply). The 250 to the final
//    dot is this answer and nothing else: give it when the message is durable.
//  - StartTls: handshake on the transport, then tls_started(). When it fails: drop the connection.
//  - Close: close the connection; the session is over.
//
// Extensions: PIPELINING (replies are coalesced while input waits, RFC 2920), SIZE, 8BITMIME,
// SMTPUTF8, DSN, ENHANCEDSTATUSCODES, STARTTLS. Memory is bounded by Limits plus what one receive()
// hands over, so do not read while an answer is owed. Whatever the client does ends in a reply or
// in Close; calls out of order assert.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "reference/smtp/command.hpp"
#include "reference/smtp/dot_stuffing.hpp"
#include "reference/smtp/line_buffer.hpp"
#include "reference/smtp/reply.hpp"
#include "reference/smtp/tls_info.hpp"

namespace sealgate::smtp {

/// A complete message with its envelope, as received.
struct Transaction {
  Path reverse_path;
  MailParameters parameters;
  std::vector<Recipient> recipients;  ///< those whose CheckRecipient was answered 2yz, in order
  std::string content;                ///< dots undone; ends with CRLF unless empty
  std::string helo;                   ///< the client's name in HELO or EHLO
  bool esmtp = false;                 ///< EHLO, not HELO
  std::optional<TlsInfo> tls;         ///< of the connection, when encrypted
};

class ServerSession {
 public:
  struct Limits {
    std::uint64_t size_max_bytes = 50u << 20;  ///< offered as SIZE; 0 is not "unlimited"
    std::size_t recipients_max = 1000;         ///< at least 100 (RFC 5321 section 4.5.3.1.8)
    std::size_t command_errors_max = 10;  ///< refused by the session itself; the next one closes
    std::size_t command_octets_max = smtp::command_octets_max;
  };
  struct Config {
    std::string hostname;  ///< in the greeting and the replies to HELO and EHLO
    Limits limits;
    bool offer_starttls = false;
    bool require_tls = false;  ///< 530 to whatever comes before it
  };

  struct NeedInput {};
  struct Send {
    std::string bytes;
  };
  struct CheckSender {
    Path path;
    MailParameters parameters;
  };
  struct CheckRecipient {
    Recipient recipient;
  };
  struct AcceptMessage {
    Transaction transaction;
  };
  struct StartTls {};
  struct Close {};
  using Action =
      std::variant<NeedInput, Send, CheckSender, CheckRecipient, AcceptMessage, StartTls, Close>;

  /// The greeting (220) is the first action.
  explicit ServerSession(Config config);

  void receive(std::string_view bytes);
  Action next();

  /// The caller's verdict on the CheckSender, CheckRecipient or AcceptMessage returned last. 2yz
  /// accepts, 4yz and 5yz refuse; 421 is sent and the connection closed (RFC 5321 section 3.8).
  void answer(Reply reply);

  /// After StartTls was performed: all that the client said before is forgotten (RFC 3207
  /// section 4.2).
  void tls_started(TlsInfo info);

  /// Between the 354 and the final dot.
  bool receiving_content() const { return state_ == State::data; }

  /// Sends `reply` (421 on a time-out or at shutdown) and closes; what is in progress is dropped.
  void shut_down(Reply reply);

 private:
  enum class State {
    command,
    data,
    sender_asked,
    recipient_asked,
    message_asked,
    tls_wanted,
    tls_pending,
    closing,
    closed
  };

  /// nullopt from these: go on, there may be more to do.
  std::optional<Action> run_command();
  std::optional<Action> run_data();
  std::optional<Action> execute(const Command& command);
  bool needs_tls(Verb verb) const;
  void hello(const Command& command);
  std::optional<Action> mail(std::string_view argument);
  std::optional<Action> rcpt(std::string_view argument);
  void data(std::string_view argument);
  void starttls(std::string_view argument);
  std::optional<Action> finish_data();

  Action wait_for_input();
  Send flush();
  void say(const Reply& reply);
  void refuse(const Reply& reply);
  void hang_up(const Reply& reply);
  void reset_transaction();
  Reply ehlo_reply() const;

  Config config_;
  LineBuffer input_;
  std::string output_;
  State state_ = State::command;
  std::size_t command_errors_ = 0;

  std::string helo_;  ///< empty: no HELO or EHLO yet
  bool esmtp_ = false;
  std::optional<TlsInfo> tls_;

  bool mail_given_ = false;
  Path reverse_path_;
  MailParameters parameters_;
  std::vector<Recipient> recipients_;
  Recipient asked_;  ///< the recipient that the caller is deciding on
  std::optional<DotDecoder> data_;
};

}  // namespace sealgate::smtp
