// The bytes of the messages that a scenario sends, and the canaries that the cleartext judge looks
// for.
//
// A built message is made from subject, text, HTML and files; each gets a canary of its own
// appended, in the part's own charset. An .eml file is sent untouched: its subject and its longer
// lines serve as canaries. Envelope addresses always do. Boundaries and Message-IDs follow from
// scenario and message.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/plan/message.hpp"

namespace sealcheck::plan {

struct AttachedFile {
  std::string name;
  std::string type = "application/octet-stream";
  std::string encoding = "base64";
  std::string bytes;
  bool as_it_is = false;  ///< a file: no canary is added, its longer lines are some
};

struct MessageText {
  std::string subject;
  std::string body;
  std::optional<std::string> html = {};
  std::size_t filler_bytes = 0;  ///< of lines that do not matter, behind the body
  std::string charset = "utf-8";
  std::string encoding = {};  ///< empty: 7bit, or what the charset needs
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::vector<AttachedFile> attachments = {};
};

/// Fills content, message_id and canaries; name, sender, recipients and origin must be set.
/// `scenario_id` makes the canaries differ between scenarios. What cannot be said so, in a clause:
/// "us-ascii cannot say the text".
std::optional<std::string> build_message(Message& message, const MessageText& text,
                                         const std::string& scenario_id);

/// The same for the bytes of a file. Line ends become CRLF, which is what SMTP carries.
void adopt_message(Message& message, std::string file_content);
/// The same for octets that are sent as they are.
void adopt_raw_message(Message& message, std::string content);

/// So many bytes of numbered lines, so that what is lost or comes twice would show.
std::string filler(std::size_t size);

}  // namespace sealcheck::plan
