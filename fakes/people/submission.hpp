// What a sender is asked to send, and what came of it. Data only.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "fakes/core/tls_context.hpp"
#include "reference/host/time.hpp"

namespace fakes {

enum class UseTls { never, if_offered, required };

struct Submission {
  std::string helo;
  std::string from;  ///< a path without brackets; empty is the null sender
  std::vector<std::string> recipients;
  std::string content;  ///< sent as it is, dot-stuffed; see with_final_dot()
  UseTls use_tls = UseTls::never;
  bool pipelining = false;                ///< when offered (RFC 2920)
  std::string mail_parameters = {};       ///< appended to MAIL: "SIZE=1000 BODY=8BITMIME"
  std::string recipient_parameters = {};  ///< appended to each RCPT: "NOTIFY=NEVER"
  TlsOptions tls = {};
  host::MonoTime give_up_at = host::MonoTime::max();  ///< whatever step it is at
};

enum class SendOutcome {
  accepted,   ///< 2xx to the final dot; single recipients may have been refused
  temporary,  ///< 4xx at the step that decided
  permanent,  ///< 5xx at the step that decided, or TLS required and not offered
  lost,       ///< no decision: connection, TLS or dialogue broke, or a deadline passed
};

std::string_view to_string(SendOutcome outcome);

struct SendResult {
  SendOutcome outcome = SendOutcome::lost;
  int code = 0;              ///< of the deciding reply, 0 without one
  std::string text;          ///< its text, or the reason
  std::string lost_at = {};  ///< where it is lost: what was waited for, CONNECT, …, or TLS
  /// The reply code to each RCPT, in the order of the submission; 0 without a reply.
  std::vector<std::pair<std::string, int>> recipients;
};

}  // namespace fakes
