#include "reference/policy/policy_text.hpp"

#include <fmt/format.h>

#include "reference/syntax/lexer.hpp"

namespace sealgate::policy {
namespace {

using syntax::quote;

std::string areas_in_words(std::uint8_t areas) {
  if (areas == all_areas) return "anywhere";
  std::string out;
  for (std::size_t i = 0; i < areas_count; ++i) {
    const auto bit = static_cast<std::uint8_t>(1U << i);
    if ((areas & bit) == 0) continue;
    out += (out.empty() ? "" : " or ") + std::string(area_word(bit));
  }
  return out;
}

std::string quoted(const std::vector<std::string>& values, std::string_view between) {
  std::string out;
  for (const auto& value : values) out += (out.empty() ? "" : std::string(between)) + quote(value);
  return out;
}

std::string listed(const std::vector<std::string>& values) {
  std::string out;
  for (const auto& value : values) out += " " + value;
  return out;
}

// One overload for each kind of condition.
std::string words(const PhraseCondition& c) {
  return fmt::format("{} contains {}", areas_in_words(c.areas), quoted(c.phrases, " or "));
}
std::string words(const PatternCondition& c) {
  return fmt::format("{} matches {}", areas_in_words(c.areas), quote(c.pattern));
}
std::string words(const DictionaryCondition& c) {
  return fmt::format("{} holds words of {} weighing {} or more", areas_in_words(c.areas),
                     quote(c.dictionary), c.threshold);
}
std::string words(const FileNameCondition& c) {
  return "a file is named " + quoted(c.globs, " or ");
}
std::string words(const FileTypeCondition& c) {
  return "a file is of type " + quoted(c.types, " or ");
}
std::string words(const FileSizeCondition& c) {
  return fmt::format("a file is {} than {}", c.octets.above ? "larger" : "smaller", c.octets.value);
}
std::string words(const AttachmentCountCondition& c) {
  return fmt::format("there are {} than {} attachments", c.count.above ? "more" : "fewer",
                     c.count.value);
}
std::string words(const MessageSizeCondition& c) {
  return fmt::format("the message is {} than {}", c.octets.above ? "larger" : "smaller",
                     c.octets.value);
}

/// Collects the lines of one block.
class Lines {
 public:
  explicit Lines(std::size_t depth = 0) : indent_(depth * 4, ' ') {}

  void add(std::string_view line) { text_ += fmt::format("{}{}\n", indent_, line); }
  void add_block(std::string_view head, const std::string& body) {
    text_ += fmt::format("{0}{1} {{\n{2}{0}}}\n", indent_, head, body);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string indent_;
  std::string text_;
};

void add_parties(Lines& lines, const Parties& parties, std::string_view head) {
  if (!parties.users.empty()) lines.add(fmt::format("{} users{}", head, listed(parties.users)));
  if (!parties.groups.empty()) {
    lines.add(fmt::format("{} groups {}", head, quoted(parties.groups, " ")));
  }
  if (parties.computers.empty()) return;
  std::string networks;
  for (const auto& network : parties.computers) networks += " " + host::to_string(network);
  lines.add(fmt::format("{} computers{}", head, networks));
}

std::string directions(const std::vector<Direction>& all) {
  std::string out;
  for (const auto direction : all) out += " " + std::string(message::to_string(direction));
  return out;
}

std::string rule_body(const Rule& rule, std::size_t depth) {
  Lines lines(depth);
  if (!rule.description.empty()) lines.add("description " + quote(rule.description));
  for (const auto& condition : rule.conditions) lines.add("when " + to_text(condition));
  if (rule.needed > 0) lines.add(fmt::format("match {} conditions", rule.needed));
  lines.add(fmt::format("severity {}", to_word(rule.severity)));
  lines.add(rule.plan.empty() ? fmt::format("action {}", to_word(rule.action))
                              : "plan " + quote(rule.plan));
  add_parties(lines, rule.source.from, "from");
  add_parties(lines, rule.source.except, "except from");
  lines.add("for" + directions(rule.destination.directions));
  if (const auto& to = rule.destination.domains; !to.empty()) lines.add("to" + listed(to));
  if (const auto& not_to = rule.destination.except; !not_to.empty()) {
    lines.add("except to" + listed(not_to));
  }
  return lines.take();
}

std::string policy_text(const Policy& policy) {
  Lines body(1);
  if (!policy.description.empty()) body.add("description " + quote(policy.description));
  if (!policy.owners.empty()) body.add("owners" + listed(policy.owners));
  for (const auto& rule : policy.rules) {
    body.add_block("rule " + quote(rule.name), rule_body(rule, 2));
  }
  body.add("deployed");
  Lines lines;
  lines.add_block("policy " + quote(policy.name), body.take());
  return lines.take();
}

std::string dictionary_text(const Dictionary& dictionary) {
  Lines body(1), lines;
  for (const auto& word : dictionary.words) {
    body.add(fmt::format("word {} weight {}", quote(word.text), word.weight));
  }
  lines.add_block("dictionary " + quote(dictionary.name), body.take());
  return lines.take();
}

std::string plan_text(const ActionPlan& plan) {
  Lines body(1), lines;
  if (!plan.description.empty()) body.add("description " + quote(plan.description));
  body.add(fmt::format("email {}", to_word(plan.email)));
  lines.add_block("action-plan " + quote(plan.name), body.take());
  return lines.take();
}

}  // namespace

std::string to_text(const Condition& condition) {
  return std::visit([](const auto& kind) { return words(kind); }, condition);
}

std::vector<TextBlock> to_blocks(const PolicySet& set) {
  std::vector<TextBlock> blocks;
  for (const auto direction : {Direction::inbound, Direction::outbound, Direction::internal}) {
    const auto word = message::to_string(direction);
    blocks.push_back({fmt::format("the {} mode", word),
                      fmt::format("dlp-mode {} for {}\n", to_word(set.mode(direction)), word)});
  }
  for (const auto& one : set.administrators) {
    blocks.push_back({"administrator " + one.name,
                      fmt::format("administrator {} at {}\n", one.name, one.address)});
  }
  for (const auto& group : set.groups) {
    blocks.push_back({"group " + quote(group.name),
                      fmt::format("group {} of{}\n", quote(group.name), listed(group.members))});
  }
  for (const auto& dictionary : set.dictionaries) {
    blocks.push_back({"dictionary " + quote(dictionary.name), dictionary_text(dictionary)});
  }
  for (const auto& plan : set.plans) {
    blocks.push_back({"action-plan " + quote(plan.name), plan_text(plan)});
  }
  for (const auto& policy : set.policies) {
    blocks.push_back({"policy " + quote(policy.name), policy_text(policy)});
  }
  return blocks;
}

std::string to_text(const PolicySet& set) {
  std::string out;
  for (const auto& block : to_blocks(set)) out += block.text;
  return out;
}

}  // namespace sealgate::policy
