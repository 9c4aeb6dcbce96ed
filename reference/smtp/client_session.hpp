// The client's side of one SMTP connection (RFC 5321), sans-I/O: no socket, no clock. It carries
// one or more messages in turn. The caller connects, calls begin(), then pulls actions:
//
//  - NeedInput{phase}: read some bytes, receive() them; the phase names the time-out.
//  - Send: write the bytes before the next call to next(); content comes in blocks.
//  - StartTls: handshake on the transport, then tls_started() or tls_failed().
//  - Finished: this message's outcome. Then begin() the next one if reusable(), else quit().
//  - Close: close the connection; the session is over.
//
// When the connection ends or a deadline passes, during a read, a write or the handshake, say
// connection_lost(): one Finished follows if a message was under way, then Close.
//
// TlsUse::required: until tls_started() neither envelope nor content is in any Send. STARTTLS not
// offered, refused or answered with garbage ends the attempt before MAIL. A fall-back to plain text
// is another session on another connection; it is not decided here.
//
// With a login, AUTH comes before the first MAIL or the attempt ends (RFC 4954): over TLS, or in
// clear where the login allows it, and never otherwise. No failure and no reason holds any of it.
//
// Content is CRLF-ended lines. 8-bit content is not converted: without 8BITMIME at the peer it
// fails with 5.6.3 (RFC 6152 section 3). A message larger than the peer's SIZE fails with 5.3.4,
// unsent; one with a bare CR, a bare LF or a NUL with 5.6.0.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "reference/smtp/capabilities.hpp"
#include "reference/smtp/client_auth.hpp"
#include "reference/smtp/client_transaction.hpp"
#include "reference/smtp/outcome.hpp"
#include "reference/smtp/outgoing_message.hpp"
#include "reference/smtp/reply_parser.hpp"
#include "reference/smtp/tls_info.hpp"

namespace sealgate::smtp {

/// Never: STARTTLS is not asked for, offered or not. Required: see above.
enum class TlsUse { never, required };

class ClientSession {
 public:
  struct Config {
    std::string helo_name;  ///< our FQDN or address literal (RFC 5321 section 4.1.1.1)
    TlsUse tls = TlsUse::never;
    std::optional<Login> login = {};  ///< what the server has to be told first
    ReplyParser::Limits reply_limits;
    std::size_t block_octets = 64 << 10;  ///< content per Send, before dots are doubled
  };

  struct NeedInput {
    Phase phase;
  };
  struct Send {
    std::string bytes;
  };
  struct StartTls {};
  struct Finished {
    Outcome outcome;
  };
  struct Close {};
  using Action = std::variant<NeedInput, Send, StartTls, Finished, Close>;

  explicit ClientSession(Config config);

  /// Hands over a message: before the first next(), and after a Finished that left it reusable().
  void begin(OutgoingMessage message);
  /// After Finished: no more messages. QUIT is sent if the connection still stands; Close follows.
  void quit();
  /// After Finished: the connection can carry another message.
  bool reusable() const;

  void receive(std::string_view bytes);
  /// Asserts that a message is under way or that the session is ending. After a failure of the
  /// session it ends by itself: Finished, QUIT where that makes sense, Close.
  Action next();

  void tls_started(TlsInfo info);
  void tls_failed(std::string reason);
  void connection_lost(std::string reason = "connection lost");

  /// Of the last EHLO; empty before it.
  const Capabilities& capabilities() const { return capabilities_; }
  const std::optional<TlsInfo>& tls() const { return tls_; }
  Phase phase() const;
  /// How many replies were complete so far: the time-out of a phase is one reply's.
  std::size_t replies() const { return replies_; }

 private:
  enum class State {
    greeting,
    ehlo,
    helo,
    starttls,
    tls_wanted,  ///< the 220 to STARTTLS came, the caller does not know it yet
    handshake,
    auth,
    rset,
    ready,  ///< in a transaction, or idle between two
    quitting,
    closed,
  };

  std::optional<Action> send_transaction();
  void on_reply(const Reply& reply);
  void on_greeting(const Reply& reply);
  void on_hello(const Reply& reply);
  void on_starttls(const Reply& reply);
  void on_malformed(const std::string& error);
  void hello_done();
  void start_auth();
  void on_auth(const Reply& reply);
  void start_transaction();
  void finish_transaction();

  SessionFailure failure(SessionFailure::Kind kind, const Reply& reply, std::string reason) const;
  SessionFailure failure(TlsFailure tls, const Reply& reply, std::string reason) const;
  SessionFailure failure(AuthFailure auth, const Reply& reply, std::string reason) const;
  enum class Parting { quit, close };
  void fail(SessionFailure failure, Parting parting);
  void part(Parting parting);

  Config config_;
  State state_ = State::greeting;
  ReplyParser input_;
  std::size_t replies_ = 0;
  std::string output_;
  Capabilities capabilities_;
  std::optional<TlsInfo> tls_;
  std::optional<AuthExchange> auth_;  ///< under way

  std::optional<OutgoingMessage> message_;        ///< given, not started
  std::optional<ClientTransaction> transaction_;  ///< started, not finished
  std::optional<Outcome> outcome_;                ///< finished, not handed out
  bool needs_rset_ = false;                       ///< before the next MAIL
};

}  // namespace sealgate::smtp
