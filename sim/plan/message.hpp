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

}  // namespace sealcheck::plan
