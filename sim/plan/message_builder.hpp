// The bytes of the messages that a scenario sends, and the canaries that the cleartext judge looks
// for.
//
// A built message is made from subject and body; each gets a canary of its own appended. An .eml
// file is sent untouched: its subject and its longer lines serve as canaries. Envelope addresses
// always do.
#pragma once

#include <string>

#include "sim/plan/plan.hpp"

namespace sealcheck::plan {

struct MessageText {
  std::string subject;
  std::string body;
  std::size_t filler_bytes = 0;  ///< of lines that do not matter, behind the body
};

/// Fills content, message_id and canaries; name, sender and recipients must be set. `scenario_id`
/// makes the canaries differ between scenarios.
void build_message(Message& message, const MessageText& text, const std::string& scenario_id);

/// The same for the bytes of a file. Line ends become CRLF, which is what SMTP carries.
void adopt_message(Message& message, std::string file_content);

}  // namespace sealcheck::plan
