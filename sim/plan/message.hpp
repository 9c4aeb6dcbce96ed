// What a plan sends, how far it may travel in clear, and what gives it away.
#pragma once

#include <string>
#include <vector>

#include "sim/plan/place.hpp"

namespace sealcheck::plan {

/// Up to where a message may travel in clear (`must be sealed beyond …`).
enum class Boundary { none, gateway, encryption_group, cloud };

/// A string that shows what it was taken from wherever it turns up.
struct Canary {
  std::string what;  ///< "subject", "body", "attachment", "recipient", "sender"
  std::string text;
};

/// How the sender hands a message over.
struct Submitting {
  bool over_tls = false;
  bool pipelined = false;
  std::string mail_parameters = {};       ///< behind MAIL FROM:<…>
  std::string recipient_parameters = {};  ///< behind each RCPT TO:<…>
};

/// What the sender makes of the content before it goes (fakes/cloud/key_ring.hpp).
struct Encrypting {
  std::string how;  ///< "smime", "envelope", or empty
  std::string key;  ///< its name
};

struct Message {
  std::string name;    ///< "m1"
  std::string sender;  ///< empty: the null sender
  std::vector<std::string> recipients;
  std::string content;     ///< the bytes to send
  std::string message_id;  ///< with its angle brackets
  Boundary sealed_beyond = Boundary::none;
  std::vector<Canary> canaries;
  std::string origin;  ///< name of the Origin
  Submitting submitting;
  Encrypting encrypting = {};
  std::string server = {};  ///< to whose address it is handed; empty: the gateway's
  Place place;
};

}  // namespace sealcheck::plan
