// How a mail exchanger behaves until it is changed: replaced as a whole by a `change`. Plain data;
// what the words mean is said in fakes/mx.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sealcheck::plan {

/// How a mail exchanger answers STARTTLS.
enum class StartTls {
  works,
  not_offered,
  only_in_greeting,
  refused,
  alert,
  eof,
  reset,
  stall,
  garbage,
  plaintext
};

/// What it does at one step of the dialogue in place of its ordinary reply.
struct StepFault {
  enum class Kind { reply, raw, endless, disconnect, reset, stall, deaf, delay };

  std::string verb;  ///< "connect", "ehlo", "mail", "rcpt", "content", "final-dot", …, "any"
  Kind kind = Kind::reply;
  int code = 0;
  std::string enhanced;            ///< "4.7.0", or empty
  std::vector<std::string> lines;  ///< of a reply
  std::string bytes;               ///< of a raw or an endless one
  std::int64_t delay_ns = 0;
  std::string naming;  ///< empty: any; else only commands whose argument has this
  unsigned nth = 0;    ///< 0: each time
  unsigned first = 0;  ///< 0: each time; else only so often
};

struct MxTls {
  std::string at_least;  ///< "1.2"; empty: the fake's own choice
  std::string at_most;
  std::string ciphers;  ///< OpenSSL's list, for TLS 1.2 and below; empty: its default
  std::string suites;   ///< the same for TLS 1.3
  bool tickets = true;
  std::string client_certificate;  ///< requested, required or refused; empty: not asked for
};

struct MxOffers {
  bool pipelining = true;
  bool size = true;
  bool eight_bit_mime = true;
  bool enhanced_status_codes = true;
  bool dsn = false;
  bool smtputf8 = false;
};

/// SMTP AUTH (RFC 4954).
struct MxAuth {
  std::string how;  ///< required, offered, refused or only-before-tls; empty: none
  std::string user;
  std::string password;
  std::vector<std::string> mechanisms;  ///< "PLAIN", …; empty: all that it knows
};

struct MxPhase {
  StartTls starttls = StartTls::works;
  int refusal_code = 454;
  std::string refusal_enhanced;  ///< empty with a text of its own: none
  std::string refusal_text;      ///< empty: the ordinary one
  std::string alert;             ///< RFC 8446 section 6 name, or number: "handshake_failure"
  bool after_client_hello = false;
  std::optional<std::string> starttls_bytes;  ///< of garbage and plaintext
  std::string certificate;                    ///< "good", "expired", …; empty: its own
  MxTls tls;
  MxOffers offers;
  MxAuth auth;
  std::vector<StepFault> faults;
  std::optional<std::size_t> message_bytes_max;
  std::optional<std::size_t> recipients_max;
  std::size_t read_bytes = 0;  ///< it reads so much, then pauses; 0: whatever there is
  std::int64_t read_pause_ns = 0;
  int hand_backs_max = 0;  ///< so many messages it hands back to the gateway; -1: all
};

}  // namespace sealcheck::plan
