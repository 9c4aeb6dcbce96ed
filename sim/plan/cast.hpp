// Who takes part in a plan: the gateway under test, its peers and the people who send. Plain
// values, every name and address resolved.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sealcheck::plan {

/// How a mail exchanger answers STARTTLS.
enum class StartTls { works, not_offered, refused, alert, eof, reset, stall };

/// What an MX answers in place of its ordinary reply, at one verb.
struct VerbReply {
  std::string verb;  ///< "connect", "ehlo", "mail", "rcpt", "data", "final-dot", "quit", …
  int code = 0;
  std::string enhanced;  ///< "4.7.0", or empty
  std::string text;
};

/// One phase of an MX: replaced as a whole by a `change`.
struct MxPhase {
  StartTls starttls = StartTls::works;
  int refusal_code = 454;
  std::string alert;        ///< RFC 8446 section 6 name: "handshake_failure"
  std::string tls_at_most;  ///< "1.2"; empty: any
  std::string tls_ciphers;  ///< OpenSSL's list, for TLS 1.2 and below; empty: its default
  int hand_backs_max = 0;   ///< so many messages it hands back to the gateway; -1: all
  std::vector<VerbReply> replies;
};

struct Mx {
  std::string name;
  std::string address;
  std::vector<std::string> domains;
  std::uint16_t preference = 10;
  MxPhase phase;  ///< the first one
};

/// A host from which people send. Internal ones are among the gateway's trusted clients.
struct Origin {
  std::string name;
  std::string address;
  bool internal = false;
};

struct Gateway {
  std::string name;
  std::string address;
  std::vector<std::string> protected_domains;
  std::string
      configuration;  ///< the text of sealgate.conf: the scenario's block and the world's facts
};

struct DnsRecord {
  std::string name;
  std::string type;
  std::string value;
};

struct Dns {
  std::string name;
  std::string address;
  std::vector<DnsRecord> records;
};

}  // namespace sealcheck::plan
