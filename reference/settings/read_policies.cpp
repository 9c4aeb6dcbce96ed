#include "reference/settings/read_policies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "reference/settings/read_rule.hpp"
#include "reference/settings/vocabulary.hpp"
#include "reference/syntax/check.hpp"
#include "reference/syntax/parser.hpp"
#include "reference/syntax/values.hpp"

namespace sealgate::settings {
namespace {

using syntax::Node;

class PolicyReader {
 public:
  explicit PolicyReader(syntax::Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  policy::PolicySet read(const std::vector<Node>& nodes) {
    // What policies refer to may stand behind them.
    for (const auto& node : nodes) read_resource(node);
    for (const auto& node : nodes) {
      if (node.is("policy")) read_policy(node);
    }
    return std::move(set_);
  }

 private:
  void read_resource(const Node& node) {
    if (node.is("dlp-mode")) {
      for (const auto& word : node.texts("direction")) {
        set_.modes[static_cast<std::size_t>(direction_from(word))] =
            node.text("mode") == "monitor" ? policy::Mode::monitor : policy::Mode::enforce;
      }
    } else if (node.is("administrator") && is_new(node)) {
      set_.administrators.push_back({node.text("name"), node.text("address")});
    } else if (node.is("group") && is_new(node)) {
      set_.groups.push_back({node.text("name"), node.texts("member")});
    } else if (node.is("dictionary") && is_new(node)) {
      read_dictionary(node);
    } else if (node.is("action-plan") && is_new(node)) {
      const auto* text = node.child("description");
      const auto* email = node.child("email");
      set_.plans.push_back({node.text("name"), text ? text->text("text") : "",
                            email ? action_from(email->text("action")) : policy::Action::permit});
    }
  }

  void read_dictionary(const Node& node) {
    policy::Dictionary dictionary{node.text("name"), {}};
    for (const auto* word : node.children_of("word")) {
      const auto weight = word->has("weight") ? word->integer("weight") : 1;
      if (weight < 1 || weight > weight_max) {
        diagnostics_.error(word->span("weight"),
                           fmt::format("the weight is not between 1 and {}", weight_max));
      }
      check_phrase(*word, "text", diagnostics_);
      dictionary.words.push_back({word->text("text"), weight});
    }
    if (dictionary.words.empty()) {
      diagnostics_.error(node.span(),
                         fmt::format("the dictionary '{}' has no words", dictionary.name),
                         "say 'word \"…\" weight 1'");
    }
    set_.dictionaries.push_back(std::move(dictionary));
  }

  void read_policy(const Node& node) {
    if (!is_new(node)) return;
    policy::Policy policy;
    policy.name = node.text("name");
    if (const auto* text = node.child("description")) policy.description = text->text("text");
    if (const auto* owners = node.child("owners")) {
      policy.owners = owners->texts("name");
      check_owners(*owners);
    }
    policy.deployed = node.child("deployed") != nullptr;
    const auto rules = node.children_of("rule");
    if (rules.empty() || has_rule_of_its_own(node)) {
      policy.rules.push_back(read_rule(node, policy.name, set_, diagnostics_));
    }
    std::map<std::string, syntax::Span> names;
    for (const auto* rule : rules) {
      const auto [first, added] = names.emplace(rule->text("name"), rule->span("name"));
      if (!added) {
        diagnostics_.error(rule->span("name"),
                           fmt::format("the policy has a rule '{}' already", rule->text("name")),
                           "the first is at " + to_string(first->second));
      }
      policy.rules.push_back(read_rule(*rule, rule->text("name"), set_, diagnostics_));
      if (const auto* text = rule->child("description")) {
        policy.rules.back().description = text->text("text");
      }
    }
    set_.policies.push_back(std::move(policy));
  }

  static bool has_rule_of_its_own(const Node& policy) {
    const auto& children = policy.children();
    return std::any_of(children.begin(), children.end(), [](const Node& child) {
      return child.id().starts_with("when-") || child.is("action") || child.is("plan");
    });
  }

  void check_owners(const Node& owners) {
    for (const auto& argument : owners.arguments()) {
      const auto known = std::any_of(
          set_.administrators.begin(), set_.administrators.end(),
          [&](const auto& administrator) { return administrator.name == argument.value.text; });
      if (known) continue;
      diagnostics_.error(
          argument.value.span,
          fmt::format("the owner '{}' is no administrator", argument.value.text),
          fmt::format("declare 'administrator {} at <address>'", argument.value.text));
    }
  }

  bool is_new(const Node& node) {
    const auto [first, added] =
        names_.emplace(std::pair(node.id(), node.text("name")), node.span("name"));
    if (added) return true;
    diagnostics_.error(node.span("name"),
                       fmt::format("there is {} {} '{}' already",
                                   node.is("action-plan") || node.is("administrator") ? "an" : "a",
                                   node.id(), node.text("name")),
                       "the first is at " + to_string(first->second));
    return false;
  }

  syntax::Diagnostics& diagnostics_;
  policy::PolicySet set_;
  std::map<std::pair<std::string, std::string>, syntax::Span> names_;  ///< by kind and name
};

}  // namespace

policy::PolicySet read_policies(const std::vector<Node>& nodes, syntax::Diagnostics& diagnostics) {
  return PolicyReader(diagnostics).read(nodes);
}

bool speak_of_policies(const std::vector<Node>& nodes) {
  return std::any_of(nodes.begin(), nodes.end(), [](const Node& node) {
    return node.is("policy") || node.is("dlp-mode") || node.is("administrator") ||
           node.is("group") || node.is("dictionary") || node.is("action-plan");
  });
}

std::optional<policy::PolicySet> parse_policies(std::string name, std::string text,
                                                syntax::Diagnostics& diagnostics) {
  const syntax::Vocabulary& vocabulary = settings_vocabulary();
  const auto tree = syntax::parse(std::move(name), std::move(text), diagnostics);
  diagnostics.keep(tree.source);
  const auto nodes = syntax::check(vocabulary, "gateway", tree, diagnostics);
  auto policies = read_policies(nodes, diagnostics);
  if (diagnostics.has_errors()) return std::nullopt;
  return policies;
}

}  // namespace sealgate::settings
