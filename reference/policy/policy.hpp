// Content policies as plain values: what an administrator writes, saves as a draft and deploys.
// Nothing here decides anything; engine.hpp does.
//
// A policy has rules; a rule has conditions on a message, and says what is done (by itself or by an
// action plan), to whose mail and for which destinations. Text is UTF-8. References (plans,
// dictionaries, groups, owners) are by name; a PolicySet from the settings has no loose ends.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "reference/host/network.hpp"
#include "reference/message/direction.hpp"

namespace sealgate::policy {

using message::Direction;

/// In the order of severity. permit is also what is decided when nothing matches.
enum class Action { permit, encrypt, quarantine, drop };
std::string_view to_word(Action action);

enum class Severity { low, medium, high };
std::string_view to_word(Severity severity);

/// Monitor: the incident is recorded, nothing is done to the message (RUL-16).
enum class Mode { monitor, enforce };
std::string_view to_word(Mode mode);

/// The parts of a message that text conditions look at, as a set of bits.
enum Area : std::uint8_t {
  subject_area = 1,
  headers_area = 2,      ///< the message's own fields, the subject among them
  body_area = 4,         ///< what is shown as the message: plain text, and HTML as text
  attachments_area = 8,  ///< attached text, nested messages whole, and what nobody shows
};
inline constexpr std::size_t areas_count = 4;
inline constexpr std::uint8_t all_areas = 15;
/// "subject", "headers", … for a single bit.
std::string_view area_word(std::uint8_t area);

/// One of the phrases stands there: whole words, in any letter case.
struct PhraseCondition {
  std::uint8_t areas = subject_area;
  std::vector<std::string> phrases;

  friend bool operator==(const PhraseCondition&, const PhraseCondition&) = default;
};

/// A regular expression (RE2's, linear in time) matches there. Case counts: (?i) turns that off.
struct PatternCondition {
  std::uint8_t areas = body_area;
  std::string pattern;

  friend bool operator==(const PatternCondition&, const PatternCondition&) = default;
};

/// The words of a dictionary that stand there, each time they do, weigh at least `threshold`.
struct DictionaryCondition {
  std::uint8_t areas = body_area;
  std::string dictionary;
  std::int64_t threshold = 1;

  friend bool operator==(const DictionaryCondition&, const DictionaryCondition&) = default;
};

/// A file of the message, or one listed in its archives, has such a name: '*', '?', [sets].
struct FileNameCondition {
  std::vector<std::string> globs;

  friend bool operator==(const FileNameCondition&, const FileNameCondition&) = default;
};

/// A file is of that type by its content, whatever it is called: "application/pdf", "image/*".
struct FileTypeCondition {
  std::vector<std::string> types;

  friend bool operator==(const FileTypeCondition&, const FileTypeCondition&) = default;
};

/// A number is above (or below) a bound, which itself is neither.
struct Bound {
  bool above = true;
  std::uint64_t value = 0;

  bool holds(std::uint64_t number) const { return above ? number > value : number < value; }
  friend bool operator==(const Bound&, const Bound&) = default;
};

struct FileSizeCondition {
  Bound octets;  ///< of some file, decoded
  friend bool operator==(const FileSizeCondition&, const FileSizeCondition&) = default;
};
struct AttachmentCountCondition {
  Bound count;
  friend bool operator==(const AttachmentCountCondition&,
                         const AttachmentCountCondition&) = default;
};
struct MessageSizeCondition {
  Bound octets;  ///< of the message as it was received
  friend bool operator==(const MessageSizeCondition&, const MessageSizeCondition&) = default;
};

using Condition = std::variant<PhraseCondition, PatternCondition, DictionaryCondition,
                               FileNameCondition, FileTypeCondition, FileSizeCondition,
                               AttachmentCountCondition, MessageSizeCondition>;

/// Whose mail: addresses, "@domain" for all of it, groups of such, and the computers that hand it
/// in.
struct Parties {
  std::vector<std::string> users;
  std::vector<std::string> groups;
  std::vector<host::Network> computers;

  bool empty() const { return users.empty() && groups.empty() && computers.empty(); }
  friend bool operator==(const Parties&, const Parties&) = default;
};

struct Source {
  Parties from;  ///< empty: everybody
  Parties except;
  friend bool operator==(const Source&, const Source&) = default;
};

struct Destination {
  std::vector<Direction> directions = {Direction::outbound};
  std::vector<std::string> domains;  ///< as a route's: "x.test", "*.x.test", "*"; empty: all
  std::vector<std::string> except;
  friend bool operator==(const Destination&, const Destination&) = default;
};

struct Rule {
  std::string name;  ///< the policy's, unless it has its own
  std::string description;
  std::vector<Condition> conditions;  ///< none: the rule matches nothing
  std::size_t needed = 0;             ///< how many of them must be met; 0: all
  Severity severity = Severity::medium;
  std::string plan;                ///< the selected action plan; empty: `action` by itself
  Action action = Action::permit;  ///< the plan's, where there is one
  Source source;
  Destination destination;

  friend bool operator==(const Rule&, const Rule&) = default;
};

struct Policy {
  std::string name;
  std::string description;
  std::vector<std::string> owners;  ///< administrators; none: every administrator
  std::vector<Rule> rules;
  bool deployed = false;  ///< of a draft: in force from the first start on

  friend bool operator==(const Policy&, const Policy&) = default;
};

struct ActionPlan {
  std::string name;
  std::string description;
  Action email = Action::permit;
  friend bool operator==(const ActionPlan&, const ActionPlan&) = default;
};

struct Dictionary {
  struct Word {
    std::string text;
    std::int64_t weight = 1;
    friend bool operator==(const Word&, const Word&) = default;
  };
  std::string name;
  std::vector<Word> words;
  friend bool operator==(const Dictionary&, const Dictionary&) = default;
};

struct Group {
  std::string name;
  std::vector<std::string> members;  ///< addresses and "@domain"s
  friend bool operator==(const Group&, const Group&) = default;
};

struct Administrator {
  std::string name;
  std::string address;
  friend bool operator==(const Administrator&, const Administrator&) = default;
};

/// Everything that deploying puts in force, as a whole.
struct PolicySet {
  std::vector<Administrator> administrators;
  std::vector<Group> groups;
  std::vector<Dictionary> dictionaries;
  std::vector<ActionPlan> plans;
  std::vector<Policy> policies;
  std::array<Mode, 3> modes = {Mode::enforce, Mode::enforce, Mode::enforce};  ///< by Direction

  Mode mode(Direction direction) const { return modes[static_cast<std::size_t>(direction)]; }
  friend bool operator==(const PolicySet&, const PolicySet&) = default;
};

/// Owners may view and edit their policies, nobody else; one without owners is everybody's
/// (DLP-02).
bool may_edit(const Policy& policy, std::string_view administrator);

}  // namespace sealgate::policy
