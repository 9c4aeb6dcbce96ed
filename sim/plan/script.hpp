// The steps of a plan: actions, and what is expected or must never be. All times are in ns.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sim/plan/cast.hpp"
#include "sim/plan/path.hpp"
#include "sim/plan/place.hpp"

namespace sealcheck::plan {

enum class Transport { any, tls, plain };

/// `mx receives m1 [for bob] [over tls]`: the final dot was answered 2xx there.
struct Receives {
  std::string peer;
  std::string message;
  std::string recipient;  ///< always resolved: one expectation a recipient
  Transport transport = Transport::any;
  std::vector<std::string> headers = {};  ///< "name:value", each a field of it
  std::vector<std::string> absent = {};   ///< names that no field of it has
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

/// `m1 is answered 250 [or lost]`: what the sender was told in the end; with a recipient, what was
/// answered to that RCPT.
struct Answered {
  static constexpr int lost = 0;  ///< in place of a code: the sender got no answer

  std::string message;
  std::vector<int> codes;
  std::string recipient = {};       ///< empty: the final answer
  std::vector<int> tolerated = {};  ///< passes too, and is marked
};

/// `mx receives report failed about m1`: a delivery status notification, accepted there.
struct ReceivesReport {
  std::string peer;
  std::string message;
  std::string message_id;  ///< by which the report names it
  std::string recipient;   ///< about whom
  std::string action;      ///< RFC 3464 section 2.3.3: "failed"
  std::string because;     ///< in its status, diagnostic code or text; empty: anything
};

/// `m1 is delivered`, `m1 is expired`: what has become of it in the end, for one recipient.
struct Outcome {
  enum class Kind {
    delivered,  ///< a mail exchanger of the recipient's domain has it
    expired,    ///< a mail exchanger of the sender's domain was told that time ran out
  };

  Kind kind = Kind::delivered;
  std::string message;
  std::string message_id;
  std::string recipient;
  std::vector<std::string> peers;  ///< those mail exchangers
};

/// `mx sees starttls`: the command reached the peer.
struct SeesVerb {
  std::string peer;
  std::string verb;  ///< in capitals
};

/// `in.hybrid.test refuses gateway because no-ptr-record`: what the service decides on a client.
struct ClientDecision {
  std::string peer;
  bool admitted = false;
  std::string root;    ///< by which it is admitted; empty: any
  std::string reason;  ///< why it is refused; empty: any
};

/// `bob@partner.test reads m1`, or is refused it: how an opening of its file ended.
struct Reads {
  std::string recipient;
  std::string message;
  bool refused = false;
  std::string because = {};  ///< in what he is told; empty: anything
};

using Condition = std::variant<Receives, InQueue, QueueEmpty, Answered, SeesVerb, ReceivesReport,
                               ClientDecision, Reads, Outcome>;

/// What a window's times count from.
enum class Anchor { last_action, last_send, last_change, last_restart, last_admin };

struct Window {
  Anchor anchor = Anchor::last_action;
  std::optional<Condition> after;  ///< in place of the anchor: its latest event, or else its next
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
struct ChangeCloud {
  CloudPhase phase;
  bool drop_connections = false;
};
/// An operation of the gateway, by an administrator (sim/engine/sut.hpp lists them).
struct Admin {
  std::string operation;
  std::vector<std::pair<std::string, std::string>> arguments;
  std::optional<std::string> refused_with = {};  ///< it must fail, and say this
  std::vector<std::string> seen = {};            ///< what is shown for it must say this
  std::vector<std::string> unseen = {};          ///< and must not say this
};
/// `expect gateway presents another certificate of "gw.corp.test"`: a client looks.
struct LookAtCertificate {
  enum class Compared { any, same, another };  ///< than at the look before

  std::string origin;  ///< name of the Origin
  Compared change = Compared::any;
  std::string subject;  ///< common name; empty: any
  std::string issuer;
};
struct Expect {
  Condition condition;
  Window window;
};
/// `expect all { … }`: unordered, each part by an event of its own.
struct ExpectAll {
  struct Part {
    Condition condition;
    std::vector<std::string> requirements;
    Place place;
  };
  std::vector<Part> parts;
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

/// `change dns`: the name server knows and does this from now on.
struct ChangeDns {
  std::string server;
  DnsPhase phase;
};

/// `change encryption of`: an encryption server works like this from now on.
struct ChangeEncryption {
  std::string peer;
  EncryptionWork work;
};

/// `recipient bob@partner.test views m1 …`: opens what an encryption server made of it and a mail
/// exchanger received for him.
struct OpenSealed {
  std::string message;
  std::string recipient;
  bool by_certificate = false;  ///< S/MIME; else an HTML envelope
  EncryptionWork::Login login;  ///< without user: none
  bool refused = false;         ///< it must not open
};

/// One step of a client's dialogue (fakes/people/raw_conversation.hpp).
struct TalkStep {
  enum class Kind { send, expect, silence, start_tls, expect_closed, close, reset };

  Kind kind = Kind::send;
  std::string bytes = {};
  int code = 0;  ///< 0: any; one digit: its class
  std::size_t times = 1;
  std::int64_t duration_ns = 0;  ///< the gap between octets, the limit or the silence; 0: usual
  Place place = {};
};
/// `client c1 from elsewhere.test connects { … }`, waited for.
struct Talk {
  std::string client;
  std::string origin;  ///< name of the Origin
  std::vector<TalkStep> steps;
};

/// `recipient bob@partner.test opens m1 with password "…"`, waited for.
struct OpensFile {
  enum class Tampering { none, altered, truncated };
  enum class Borrowed { nothing, key, content, both };

  std::string recipient;
  std::string owner;  ///< to whom it was sent: he himself, or who has forwarded it
  std::string message;
  std::string password;
  Tampering tampering = Tampering::none;
  Borrowed borrowed = Borrowed::nothing;
  std::string other = {};        ///< the message from whose file it is borrowed
  std::string other_owner = {};  ///< to whom that was sent
  unsigned tries = 1;            ///< so often the password is said, where it is refused
  bool deletes_account = false;
};

using Action = std::variant<Send, Talk, OpensFile, LookAtCertificate, Change, ChangeCloud,
                            ChangePath, ChangeDns, ChangeEncryption, OpenSealed, Admin, Expect,
                            ExpectAll, Never, Crash, Restart, Pause, ClockJump, ChangeDisk>;

struct Step {
  Action action;
  std::vector<std::string> requirements;  ///< that the assertion decides; may be empty
  Place place;
};

}  // namespace sealcheck::plan
