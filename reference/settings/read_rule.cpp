#include "reference/settings/read_rule.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reference/message/phrase.hpp"
#include "reference/policy/patterns.hpp"
#include "reference/settings/network.hpp"

namespace sealgate::settings {
namespace {

using syntax::Node;

template <class Named>
const Named* find(const std::vector<Named>& all, const std::string& name) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == name; });
  return found == all.end() ? nullptr : &*found;
}

class RuleReader {
 public:
  RuleReader(const Node& node, const policy::PolicySet& resources, syntax::Diagnostics& diagnostics)
      : node_(node), resources_(resources), diagnostics_(diagnostics) {}

  policy::Rule read(std::string name) {
    rule_.name = std::move(name);
    for (const auto& child : node_.children()) {
      if (child.id().starts_with("when-")) add_condition(child);
      if (child.is("from")) add_source(child);
      if (child.is("to")) add_destination(child);
    }
    if (rule_.conditions.empty()) {
      error(node_.span(), fmt::format("the {} '{}' has no condition", node_.id(), rule_.name),
            "it would match nothing; say 'when subject contains \"…\"'");
    }
    if (const auto* match = node_.child("match")) read_match(*match);
    if (const auto* severity = node_.child("severity")) {
      const auto& word = severity->text("severity");
      rule_.severity = word == "low"    ? policy::Severity::low
                       : word == "high" ? policy::Severity::high
                                        : policy::Severity::medium;
    }
    if (const auto* directions = node_.child("for")) {
      rule_.destination.directions.clear();
      for (const auto& word : directions->texts("direction")) {
        rule_.destination.directions.push_back(direction_from(word));
      }
    }
    read_outcome();
    return std::move(rule_);
  }

 private:
  void error(const syntax::Span& span, std::string what, std::string remedy = {}) {
    diagnostics_.error(span, std::move(what), std::move(remedy));
  }

  void read_outcome() {
    const auto* action = node_.child("action");
    const auto* plan = node_.child("plan");
    if (action && plan) {
      error(action->span(), "a rule has an action or a plan, not both", "leave one of the two out");
    }
    if (!action && !plan) {
      error(node_.span(),
            fmt::format("the {} '{}' has neither an action nor a plan", node_.id(), rule_.name),
            "say 'action encrypt' or 'plan \"…\"'");
    }
    if (action) rule_.action = action_from(action->text("action"));
    if (!plan) return;
    rule_.plan = plan->text("name");
    if (const auto* found = find(resources_.plans, rule_.plan)) {
      rule_.action = found->email;
    } else {
      error(plan->span("name"), fmt::format("there is no action plan '{}'", rule_.plan),
            fmt::format("declare 'action-plan \"{}\" {{ email encrypt }}'", rule_.plan));
    }
  }

  void read_match(const Node& match) {
    const auto conditions = static_cast<std::int64_t>(rule_.conditions.size());
    if (match.has("how")) {
      rule_.needed = match.text("how") == "any" ? 1 : 0;
      return;
    }
    const auto count = match.integer("count");
    if (count < 1 || count > conditions) {
      error(match.span("count"),
            fmt::format("{} of {} conditions cannot be met", count, conditions),
            "give a number between 1 and that of the conditions");
      return;
    }
    rule_.needed = static_cast<std::size_t>(count);
  }

  static std::uint8_t areas(const Node& node) {
    std::uint8_t areas = 0;
    for (const auto& word : node.texts("area")) {
      if (word == "anywhere") areas |= policy::all_areas;
      if (word == "subject") areas |= policy::subject_area;
      if (word == "headers") areas |= policy::headers_area;
      if (word == "body") areas |= policy::body_area;
      if (word == "attachments") areas |= policy::attachments_area;
    }
    return areas;
  }

  policy::Bound bound(const Node& node, std::string_view word, std::int64_t value,
                      std::string_view argument) {
    const bool above = node.text("than") == word;
    if (value < 0 || (!above && value == 0)) {
      error(node.span(argument), "nothing is that small", "give a larger number");
    }
    return {above, static_cast<std::uint64_t>(std::max<std::int64_t>(value, 0))};
  }

  void add_condition(const Node& node) {
    if (node.is("when-phrase")) {
      for (const auto& argument : node.arguments()) {
        if (argument.name == "phrase") check_text(argument.value);
      }
      add(policy::PhraseCondition{areas(node), node.texts("phrase")});
    } else if (node.is("when-pattern")) {
      if (const auto wrong = policy::pattern_error(node.text("pattern"))) {
        error(node.span("pattern"), fmt::format("the pattern cannot be used: {}", *wrong),
              "patterns are written in RE2's syntax");
        return;
      }
      add(policy::PatternCondition{areas(node), node.text("pattern")});
    } else if (node.is("when-dictionary")) {
      add_dictionary(node);
    } else if (node.is("when-file-name")) {
      add_globs(node, "glob", "file name pattern", policy::FileNameCondition{node.texts("glob")});
    } else if (node.is("when-file-type")) {
      add_globs(node, "type", "file type", policy::FileTypeCondition{node.texts("type")});
    } else if (node.is("when-file-size")) {
      add(policy::FileSizeCondition{bound(node, "larger", node.size("size"), "size")});
    } else if (node.is("when-attachments")) {
      add(policy::AttachmentCountCondition{bound(node, "more", node.integer("count"), "count")});
    } else if (node.is("when-size")) {
      add(policy::MessageSizeCondition{bound(node, "larger", node.size("size"), "size")});
    }
  }

  void check_text(const syntax::Token& phrase) {
    if (!message::fold_text(phrase.text).empty()) return;
    error(phrase.span, "the phrase is empty", "it would be found nowhere");
  }

  void add_globs(const Node& node, std::string_view argument_name, std::string_view kind,
                 policy::Condition condition) {
    for (const auto& argument : node.arguments()) {
      if (argument.name != argument_name) continue;
      auto wrong = policy::glob_error(argument.value.text);
      if (!wrong && argument_name == "type" && argument.value.text.find('/') == std::string::npos) {
        wrong = "it is no media type such as application/pdf";
      }
      if (!wrong) continue;
      error(argument.value.span, fmt::format("the {} cannot be used: {}", kind, *wrong));
      return;
    }
    add(std::move(condition));
  }

  void add_dictionary(const Node& node) {
    const auto& name = node.text("dictionary");
    const auto threshold = node.has("threshold") ? node.integer("threshold") : 1;
    if (threshold < 1 || threshold > weight_max * 1000) {
      error(node.span("threshold"),
            fmt::format("the threshold is not between 1 and {}", weight_max * 1000),
            "with 0 every message would match");
    }
    if (!find(resources_.dictionaries, name)) {
      error(node.span("dictionary"), fmt::format("there is no dictionary '{}'", name),
            fmt::format("declare 'dictionary \"{}\" {{ word \"…\" }}'", name));
    }
    add(policy::DictionaryCondition{areas(node), name, threshold});
  }

  void add(policy::Condition condition) { rule_.conditions.push_back(std::move(condition)); }

  void add_source(const Node& node) {
    auto& parties = node.has("except") ? rule_.source.except : rule_.source.from;
    for (const auto& argument : node.arguments()) {
      const auto& text = argument.value.text;
      if (argument.name == "user") parties.users.push_back(text);
      if (argument.name == "network") parties.computers.push_back(*parse_network(text));
      if (argument.name != "group") continue;
      parties.groups.push_back(text);
      if (!find(resources_.groups, text)) {
        error(argument.value.span, fmt::format("there is no group '{}'", text),
              fmt::format("declare 'group \"{}\" of <address>'", text));
      }
    }
  }

  void add_destination(const Node& node) {
    auto& to = rule_.destination;
    for (const auto& domain : node.texts("domain")) {
      (node.has("except") ? to.except : to.domains).push_back(domain);
    }
  }

  const Node& node_;
  const policy::PolicySet& resources_;
  syntax::Diagnostics& diagnostics_;
  policy::Rule rule_;
};

}  // namespace

policy::Direction direction_from(const std::string& word) {
  if (word == "inbound") return policy::Direction::inbound;
  return word == "internal" ? policy::Direction::internal : policy::Direction::outbound;
}

policy::Action action_from(const std::string& word) {
  for (const auto action :
       {policy::Action::encrypt, policy::Action::quarantine, policy::Action::drop}) {
    if (to_word(action) == word) return action;
  }
  return policy::Action::permit;
}

void check_phrase(const Node& node, std::string_view argument, syntax::Diagnostics& diagnostics) {
  if (!message::fold_text(node.text(argument)).empty()) return;
  diagnostics.error(node.span(argument), "the phrase is empty", "it would be found nowhere");
}

policy::Rule read_rule(const Node& node, std::string name, const policy::PolicySet& resources,
                       syntax::Diagnostics& diagnostics) {
  return RuleReader(node, resources, diagnostics).read(std::move(name));
}

}  // namespace sealgate::settings
