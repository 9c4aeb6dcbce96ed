// What the queue stores, as plain values: a message on its way in, the same message read back, and
// what one delivery attempt did to its recipients.
//
// The queue gives no meaning to direction, route, method, decision and reason: they are the
// gateway's words, stored and handed back. Times are UTC wall time; paths are without angle
// brackets, and an empty reverse path is the null sender (RFC 5321 section 4.5.5).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reference/host/time.hpp"
#include "reference/queue/recipient_state.hpp"

namespace sealgate::queue {

/// The row's number. Never used twice in the life of a queue file.
enum class MessageId : std::int64_t {};

struct Envelope {
  std::string reverse_path;
  bool eight_bit = false;        ///< BODY=8BITMIME was given (RFC 6152)
  bool smtp_utf8 = false;        ///< SMTPUTF8 was given (RFC 6531)
  std::string ret = {};          ///< RET: "FULL", "HDRS" or empty; RET and ENVID are RFC 3461's
  std::string envelope_id = {};  ///< ENVID, in xtext
};

/// Who handed the message in.
struct Origin {
  std::string address;  ///< the client's IP address; empty for a message made by the gateway itself
  std::string helo;     ///< as the client named itself
  std::string tls;      ///< protocol and cipher, empty: in clear
};

struct NewRecipient {
  std::string forward_path;
  std::string direction;
  std::string route;
  std::string method;
  RecipientState state = RecipientState::queued;  ///< queued, delayed or held
  std::string queue_name;
  std::string reason;
  std::optional<host::WallTime>
      next_attempt_at;  ///< none: as soon as it is stored; unused when held
  host::WallTime expires_at = host::WallTime::max();
  std::string notify = {};              ///< NOTIFY as given: "SUCCESS,DELAY", "NEVER" or empty
  std::string original_recipient = {};  ///< ORCPT as given: "rfc822;…" in xtext, or empty
};

struct NewMessage {
  std::string
      queue_id;  ///< from Queue::make_queue_id, when a Received line already names it; or empty
  Envelope envelope;
  Origin origin;
  host::WallTime received_at;
  std::string message_id_header;  ///< the Message-ID field's value, for people to find it by
  bool encrypt = false;           ///< marked Encrypt by a policy
  std::string decision;           ///< which policy decided what, in words
  std::string content;            ///< header and body with CRLF line ends, dot-stuffing removed
  std::vector<NewRecipient> recipients;
  int handovers = 0;  ///< to an encryption server, before it came in
};

struct StoredRecipient {
  int n = 0;  ///< from 0, its place in NewMessage::recipients
  std::string forward_path;
  std::string direction;
  std::string route;
  std::string method;
  RecipientState state = RecipientState::queued;
  std::string queue_name;
  std::string reason;
  std::string last_reply;
  int attempts = 0;
  std::optional<host::WallTime> last_attempt_at;
  std::optional<host::WallTime> next_attempt_at;  ///< set exactly while queued or delayed
  host::WallTime expires_at;
  std::string notify;
  std::string original_recipient;
  bool delay_told = false;  ///< the sender knows that it is late
};

struct StoredMessage {
  MessageId id{};
  std::string queue_id;
  Envelope envelope;
  Origin origin;
  host::WallTime received_at;
  std::string message_id_header;
  bool encrypt = false;
  std::string decision;
  std::string content;
  std::vector<StoredRecipient> recipients;  ///< [n] is number n; final, if it was removed
  int handovers = 0;

  bool made_here() const { return origin.address.empty(); }
};

/// What one attempt did to one recipient.
struct RecipientUpdate {
  int n = 0;
  RecipientState state = RecipientState::delayed;  ///< delayed, held, delivered, expired or failed
  std::string reason;                              ///< "handshake-failed"
  std::string reply;  ///< the peer's last reply; the first 1000 bytes of it are kept
  std::string tls;    ///< protocol and cipher of the attempt, empty: in clear or no connection
  host::WallTime at;  ///< when the attempt was made
  std::optional<host::WallTime> next_attempt_at;  ///< required for delayed, unused otherwise
  std::string queue_name;                         ///< the named queue that it is in from now on
  bool delay_told = false;                        ///< a notice of the delay goes out with this
};

}  // namespace sealgate::queue
