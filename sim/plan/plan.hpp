// A scenario with nothing left to decide: rows expanded, every name, address, default and deadline
// resolved. Made by make_plans(), immutable afterwards; the engine runs it, the judges read it.
//
// Plain values throughout: a plan knows no gateway, no fake and no world. All times are in ns.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/plan/path.hpp"

namespace sealcheck::plan {

/// Where a statement stands, for reports.
struct Place {
  std::string position;  ///< "scenarios/tls/x.scn:12:5"
  std::string source;    ///< the line, without leading blanks
};

// --- the cast ---

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

// --- messages ---

/// Up to where a message may travel in clear (`must be sealed beyond …`).
enum class Boundary { none, gateway, encryption_group, cloud };

/// A string that shows what it was taken from wherever it turns up.
struct Canary {
  std::string what;  ///< "subject", "body", "attachment", "recipient", "sender"
  std::string text;
};

struct Message {
  std::string name;  ///< "m1"
  std::string sender;
  std::vector<std::string> recipients;
  std::string content;     ///< the bytes to send
  std::string message_id;  ///< with its angle brackets
  Boundary sealed_beyond = Boundary::none;
  std::vector<Canary> canaries;
  std::string origin;  ///< name of the Origin
  Place place;
};

// --- the script ---

enum class Transport { any, tls, plain };

/// `mx receives m1 [for bob] [over tls]`: the final dot was answered 2xx there.
struct Receives {
  std::string peer;
  std::string message;
  std::string recipient;  ///< always resolved: one expectation a recipient
  Transport transport = Transport::any;
};

/// `m1 in queue delayed [because handshake-failed]`: a state, decided on a snapshot.
struct InQueue {
  std::string message;
  std::string recipient;
  std::string queue;
  std::string reason;  ///< empty: any
};

/// `queue is empty`: a state.
struct QueueEmpty {};

/// `m1 is answered 250 [or lost]`: what the sender was told in the end.
struct Answered {
  static constexpr int lost = 0;  ///< in place of a code: the sender got no final answer

  std::string message;
  std::vector<int> codes;
};

/// `mx sees starttls`: the command reached the peer.
struct SeesVerb {
  std::string peer;
  std::string verb;  ///< in capitals
};

using Condition = std::variant<Receives, InQueue, QueueEmpty, Answered, SeesVerb>;

/// What a window's times count from.
enum class Anchor { last_action, last_send, last_change, last_restart };

struct Window {
  Anchor anchor = Anchor::last_action;
  std::optional<std::int64_t> from_ns;
  std::optional<std::int64_t> to_ns;  ///< nothing: quiescence
};

struct Send {
  std::size_t message = 0;  ///< index into Plan::messages
  bool wait = true;
};
struct Change {
  std::string peer;
  MxPhase phase;
  bool drop_connections = false;
};
struct Expect {
  Condition condition;
  Window window;
};
struct Never {
  Condition condition;
  bool ever = false;  ///< for the whole run, not only until the next change
};
enum class CrashKind { kill, power_loss };

/// Before, in the middle of or after the n-th commit or disk operation of the gateway, counted from
/// the step. Only a commit has a middle.
struct DiskMoment {
  enum class Side { before, during, after };

  Side side = Side::before;
  bool commit = false;  ///< else: operation
  std::uint64_t nth = 1;
};

/// At once, unless one of the two says when.
struct Crash {
  std::string machine;  ///< the gateway's or a peer's
  CrashKind kind = CrashKind::kill;
  std::optional<DiskMoment> at_disk;
  std::optional<Condition> when;
};
struct Restart {
  std::string machine;
};
struct Pause {
  std::string machine;
  std::int64_t duration_ns = 0;
};
struct ClockJump {
  std::int64_t by_ns = 0;  ///< negative: back
};

/// One phase of the gateway's disk, replaced as a whole. The number of a failure counts from its
/// start; 0: each one fails.
struct DiskPhase {
  std::optional<std::uint64_t> full_after_bytes;
  std::optional<std::int64_t> fsync_takes_ns;
  std::optional<std::uint64_t> fsync_fails_at;
  std::optional<std::uint64_t> write_fails_at;
};
struct ChangeDisk {
  DiskPhase phase;
};

/// `change path`: the path behaves like this from now on.
struct ChangePath {
  Path path;
};

using Action = std::variant<Send, Change, ChangePath, Expect, Never, Crash, Restart, Pause,
                            ClockJump, ChangeDisk>;

struct Step {
  Action action;
  std::vector<std::string> requirements;  ///< that the assertion decides; may be empty
  Place place;
};

/// What the run may use up before it counts as one that never ends.
struct Budget {
  std::uint64_t events_max = 1'000'000;                         ///< tasks and timers of the world
  std::int64_t virtual_ns_max = 30LL * 86'400 * 1'000'000'000;  ///< 30 days
  std::size_t trace_bytes_max = 512 * 1024 * 1024;
  std::int64_t wall_ns_max = 120LL * 1'000'000'000;
};

/// A run of the crash sweep: the gateway loses power there, counted from the world's start, and is
/// started again. No scenario says this; nth 0: it never does, and the operations are counted.
struct Sweep {
  DiskMoment moment;
  std::uint64_t outcome = 0;  ///< which of the disks that the power loss may leave
};

struct Plan {
  std::string id;  ///< "scenarios/tls/x.scn", with "#2" for its second row
  std::string file;
  std::string title;
  Place place;
  std::vector<std::string> requirements;
  std::vector<std::string> tags;
  std::string sut = "sealgate";
  std::optional<std::string> must_fail_with;  ///< a selftest: what a failed assertion must say
  Budget budget;
  Gateway gateway;
  Dns dns;
  std::vector<Mx> mxs;
  std::vector<Path> paths;  ///< as they are at the start; the others are quick and faultless
  std::vector<Origin> origins;
  std::vector<Message> messages;
  DiskPhase disk;  ///< the gateway's, at its first start
  std::vector<Step> steps;
  std::optional<Sweep> sweep;

  const Message* find_message(const std::string& name) const {
    for (const Message& message : messages)
      if (message.name == name) return &message;
    return nullptr;
  }
};

/// The condition in the language's own words.
std::string to_text(const Condition& condition);

}  // namespace sealcheck::plan
