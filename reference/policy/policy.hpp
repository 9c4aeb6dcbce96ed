// Content policies and what they decide about one recipient of one message. Pure: no clock, no I/O.
//
// Only a deployed policy counts, and only for its directions. A policy matches when all of its
// conditions do; a policy without conditions matches nothing (an unfinished one must not drop
// mail). Of the matching policies the most severe action wins, in the order drop, quarantine,
// encrypt, permit; among equals the first in the list is the one that is named.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "reference/message/direction.hpp"

namespace sealgate::policy {

using message::Direction;

/// In the order of severity. permit is also what is decided when nothing matches.
enum class Action { permit, encrypt, quarantine, drop };

std::string_view to_word(Action action);

/// The parts of a message that conditions look at, decoded to UTF-8 (message::decoded_subject).
/// Borrowed for the call.
struct MessageView {
  std::string_view subject;
};

/// The subject contains the phrase, as message::Phrase finds it: whole words, in any letter case.
struct SubjectContains {
  std::string phrase;
};

using Condition = std::variant<SubjectContains>;

struct Policy {
  std::string name;
  std::vector<Condition> conditions;
  Action action = Action::permit;
  std::vector<Direction> directions = {Direction::outbound};
  bool deployed = false;
};

struct Decision {
  Action action = Action::permit;
  std::string policy;     ///< the name of the policy that decided; empty: none matched
  std::string condition;  ///< its first condition in words: `subject contains "confidential"`
  std::string where;      ///< where it matched: "subject"
};

Decision decide(const MessageView& message, Direction direction, std::span<const Policy> policies);

/// For the queue and the log: `encrypt by "Confidential": subject contains "confidential"`, or
/// "permit: no policy matched".
std::string explain(const Decision& decision);

}  // namespace sealgate::policy
