// What became of one message on one client connection: a result per recipient, and the failure of
// the session when that is what decided it. Plain data, kept by the queue.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference/smtp/client_auth.hpp"
#include "reference/smtp/command.hpp"
#include "reference/smtp/reply.hpp"

namespace sealgate::smtp {

/// What the client waits for; each has its own time-out (RFC 5321 section 4.5.3.2).
enum class Phase {
  greeting,   ///< 5 minutes
  ehlo,       ///< EHLO or HELO; 5 minutes
  starttls,   ///< the reply to STARTTLS; 5 minutes
  handshake,  ///< TLS itself: the caller's matter
  auth,       ///< each reply of the exchange; 5 minutes
  mail,       ///< 5 minutes
  rcpt,       ///< 5 minutes
  data,       ///< the 354; 2 minutes
  content,    ///< sending the message; 3 minutes for each block
  final_dot,  ///< 10 minutes
  rset,
  quit,
  idle,  ///< between two messages
};
std::string_view to_string(Phase phase);

enum class Disposition {
  delivered,
  temporary,  ///< try again later
  permanent,  ///< return it to the sender
};
std::string_view to_string(Disposition disposition);

struct RecipientResult {
  Recipient recipient{};
  Disposition disposition = Disposition::temporary;
  Reply reply{};  ///< what decided it; ours (5.6.3, 5.3.4) or the peer's; code 0: none came
  Phase phase = Phase::greeting;
  /// The reply to the final dot was lost: temporary, and a retry may duplicate the message
  /// (RFC 1047, RFC 5321 section 4.5.3.2.6).
  bool unknown = false;
  bool dsn_offered = false;  ///< the server took over what was asked for about it (RFC 3461)
};

/// RUL-03: the failures that keep a handshake from completing with an acceptable peer.
enum class TlsFailure {
  not_offered,         ///< EHLO without STARTTLS, or only HELO understood
  refused,             ///< 4yz or 5yz to STARTTLS; the reply is in the failure
  garbage_reply,       ///< neither 220 nor a refusal, or no SMTP reply at all
  connection_lost,     ///< EOF, reset or time-out between STARTTLS and its reply
  plaintext_injected,  ///< input between the 220 and the handshake
  handshake_failed,    ///< tls_failed(); the reason is in the failure
};
std::string_view to_string(TlsFailure failure);

/// What ended the session before the message was decided. All of it is temporary for the message,
/// except a refusal of the session with 5yz.
struct SessionFailure {
  enum class Kind {
    greeting_refused,  ///< 4yz or 5yz instead of 220
    hello_refused,     ///< 4yz to EHLO, or EHLO and HELO refused
    tls,               ///< see `tls`
    authentication,    ///< see `auth`
    connection_lost,   ///< EOF, reset or time-out, in `phase`
    closing,           ///< 421: the server closes the channel
    protocol_error,    ///< no SMTP reply, or one out of place
  };
  Kind kind = Kind::connection_lost;
  std::optional<TlsFailure> tls;
  std::optional<AuthFailure> auth;
  Phase phase = Phase::greeting;
  bool over_tls = false;  ///< the channel was encrypted when it happened
  Reply reply{};          ///< code 0: none
  std::string reason{};   ///< for logs and queue rows, never empty
};
std::string_view to_string(SessionFailure::Kind kind);

struct Outcome {
  std::vector<RecipientResult> recipients;  ///< in the message's order, one each
  std::optional<SessionFailure> failure;
};

}  // namespace sealgate::smtp
