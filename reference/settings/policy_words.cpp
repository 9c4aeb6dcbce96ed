#include "reference/settings/policy_words.hpp"

#include "reference/syntax/values.hpp"

namespace sealgate::settings {
namespace {

// Names of pages as the console shows them.
constexpr const char* manage_page = "Main > Policy Management > DLP Policies > Manage Policies";
constexpr const char* general_tab =
    "Main > Policy Management > DLP Policies > Manage Policies > Policy from Scratch > General";
constexpr const char* condition_tab =
    "Main > Policy Management > DLP Policies > Manage Policies > Policy from Scratch > Condition";
constexpr const char* severity_tab =
    "Main > Policy Management > DLP Policies > Manage Policies > Policy from Scratch > "
    "Severity & Action";
constexpr const char* source_tab =
    "Main > Policy Management > DLP Policies > Manage Policies > Policy from Scratch > Source";
constexpr const char* destination_tab =
    "Main > Policy Management > DLP Policies > Manage Policies > Policy from Scratch > Destination";
constexpr const char* classifiers_page =
    "Main > Policy Management > Content Classifiers > Patterns & Phrases";
constexpr const char* plans_page = "Main > Policy Management > Resources > Action Plans";
constexpr const char* modes_page = "Main > Policy Management > Policies";
constexpr const char* administrators_page = "Settings > General > Administrator Accounts";
constexpr const char* groups_page = "Main > Policy Management > Resources > Custom Users";

// Shared tails of patterns.
#define AREA "<area:subject|headers|body|attachments|anywhere>"
#define AREAS AREA " [or " AREA "]..."

void declare_conditions(syntax::Section& section) {
  section
      .declare({.id = "when-phrase",
                .pattern = "when " AREAS " contains <phrase:string> [or <phrase:string>]...",
                .doc = "A condition: one of the phrases stands there, in any letter case",
                .console = condition_tab,
                .example = "when subject or body contains \"confidential\""})
      .declare({.id = "when-pattern",
                .pattern = "when " AREAS " matches <pattern:string>",
                .doc = "A condition: the regular expression (RE2) matches there",
                .console = condition_tab,
                .example = "when body matches \"\\\\b[0-9]{4}( ?[0-9]{4}){3}\\\\b\""})
      .declare({.id = "when-dictionary",
                .pattern = "when " AREAS
                           " holds words of <dictionary:string> [weighing <threshold:integer> or "
                           "more]",
                .doc = "A condition: the dictionary's words there weigh that much together",
                .console = condition_tab,
                .example = "when body holds words of \"Projects\" weighing 3 or more"})
      .declare({.id = "when-file-name",
                .pattern = "when a file is named <glob:string> [or <glob:string>]...",
                .doc = "A condition: a file, or one listed in a zip or tar, has such a name",
                .console = condition_tab,
                .example = "when a file is named \"*.dwg\" or \"plan-??.pdf\""})
      .declare({.id = "when-file-type",
                .pattern = "when a file is of type <type:string> [or <type:string>]...",
                .doc = "A condition: a file is of that type by its content",
                .console = condition_tab,
                .example = "when a file is of type \"application/pdf\" or \"image/*\""})
      .declare({.id = "when-file-size",
                .pattern = "when a file is <than:larger|smaller> than <size:size>",
                .doc = "A condition: the size of a file, decoded",
                .console = condition_tab,
                .example = "when a file is larger than 5MB"})
      .declare({.id = "when-attachments",
                .pattern = "when there are <than:more|fewer> than <count:integer> attachments",
                .doc = "A condition: the number of attachments",
                .console = condition_tab,
                .example = "when there are more than 3 attachments"})
      .declare({.id = "when-size",
                .pattern = "when the message is <than:larger|smaller> than <size:size>",
                .doc = "A condition: the size of the message as it was received",
                .console = condition_tab,
                .example = "when the message is larger than 20MB"})
      .declare({.id = "match",
                .pattern = "match (<how:all|any> | <count:integer> conditions)",
                .doc = "How many of the conditions must be met; all unless something else is said",
                .console = condition_tab,
                .example = "match 2 conditions",
                .once = true});
}

void declare_outcome(syntax::Section& section) {
  section
      .declare({.id = "severity",
                .pattern = "severity <severity:low|medium|high>",
                .doc = "How much an incident matters; medium unless something else is said",
                .console = severity_tab,
                .example = "severity high",
                .once = true})
      .declare({.id = "action",
                .pattern = "action <action:permit|encrypt|quarantine|drop>",
                .doc = "What is done with a message that matches, without an action plan",
                .console = severity_tab,
                .example = "action encrypt",
                .once = true})
      .declare({.id = "plan",
                .pattern = "plan <name:string>",
                .doc = "The action plan that is carried out",
                .console = severity_tab,
                .example = "plan \"Seal it\"",
                .once = true})
      .declare({.id = "from",
                .pattern = "[<except=except>] from (users <user:party>... | groups "
                           "<group:string>... | computers <network:network>...)",
                .doc = "Whose mail it applies to (or not); everybody's unless something is said",
                .console = source_tab,
                .example = "except from users carol@corp.test"})
      .declare({.id = "for",
                .pattern = "for <direction:inbound|outbound|internal>...",
                .doc = "The directions that it applies to; outbound unless something else is said",
                .console = destination_tab,
                .example = "for outbound internal",
                .once = true})
      .declare({.id = "to",
                .pattern = "[<except=except>] to <domain:route-domain>...",
                .doc = "The domains that it applies to (or not); all unless something is said",
                .console = destination_tab,
                .example = "to partner.test *.partner.test"});
}

void declare_policy(syntax::Section& section) {
  section
      .declare({.id = "description",
                .pattern = "description <text:string>",
                .doc = "What the policy is for",
                .console = general_tab,
                .example = "description \"Figures leave only sealed\"",
                .once = true})
      .declare(
          {.id = "owners",
           .pattern = "owners <name:name>...",
           .doc = "Who may view and edit it and is told of incidents; else every administrator",
           .console = general_tab,
           .example = "owners carol",
           .once = true})
      .declare({.id = "rule",
                .pattern = "rule <name:string> {gateway-rule}",
                .doc = "A rule with a name of its own; what stands outside makes one with the "
                       "policy's name",
                .console = general_tab,
                .example = "rule \"Cards\" { when body contains \"card\"; action encrypt }"})
      .declare({.id = "deployed",
                .pattern = "deployed",
                .doc = "In force from the first start on; without this only after a deploy",
                .console = manage_page,
                .example = "deployed",
                .once = true});
  declare_conditions(section);
  declare_outcome(section);
}

void declare_rule(syntax::Section& section) {
  section.declare({.id = "description",
                   .pattern = "description <text:string>",
                   .doc = "What the rule is for",
                   .console = general_tab,
                   .example = "description \"Numbers of payment cards\"",
                   .once = true});
  declare_conditions(section);
  declare_outcome(section);
}

void declare_resources(syntax::Section& gateway) {
  gateway
      .declare({.id = "dictionary",
                .pattern = "dictionary <name:string> {gateway-dictionary}",
                .doc = "Words with weights, for conditions to refer to",
                .console = classifiers_page,
                .example = "dictionary \"Projects\" { word \"falcon\" weight 2 }"})
      .declare({.id = "action-plan",
                .pattern = "action-plan <name:string> {gateway-action-plan}",
                .doc = "What is done with a message, for rules to select",
                .console = plans_page,
                .example = "action-plan \"Seal it\" { email encrypt }"})
      .declare({.id = "group",
                .pattern = "group <name:string> of <member:party>...",
                .doc = "Users under one name, for rules to refer to",
                .console = groups_page,
                .example = "group \"Board\" of alice@corp.test @board.corp.test"})
      .declare({.id = "dlp-mode",
                .pattern = "dlp-mode <mode:monitor|enforce> for "
                           "<direction:inbound|outbound|internal>...",
                .doc = "Monitor: incidents are recorded, nothing is done; enforce at first",
                .console = modes_page,
                .example = "dlp-mode monitor for inbound internal"});
}

}  // namespace

void declare_policies(syntax::Vocabulary& vocabulary, syntax::Section& gateway) {
  vocabulary.add_type({.name = "party",
                       .description = "a mail address, or @corp.test for all of a domain",
                       .check = [](const syntax::Token& token) -> std::optional<std::string> {
                         const std::string_view text = token.text;
                         const bool domain =
                             text.starts_with('@') && syntax::is_domain(text.substr(1));
                         if (domain || syntax::is_address(text)) return std::nullopt;
                         return std::string();
                       }});
  gateway
      .declare({.id = "policy",
                .pattern = "policy <name:string> {gateway-policy}",
                .doc = "A DLP policy: conditions on a message, and what is done with it",
                .console = manage_page,
                .example = "policy \"Confidential\" { when subject contains \"confidential\"; "
                           "action encrypt; deployed }"})
      .declare({.id = "administrator",
                .pattern = "administrator <name:name> at <address:address>",
                .doc = "Who may own policies, and where the notices about them go",
                .console = administrators_page,
                .example = "administrator carol at carol@corp.test"});
  declare_resources(gateway);
  declare_policy(vocabulary.add_section("gateway-policy", "A DLP policy"));
  declare_rule(vocabulary.add_section("gateway-rule", "A rule of a DLP policy"));
  vocabulary.add_section("gateway-dictionary", "A dictionary")
      .declare({.id = "word",
                .pattern = "word <text:string> [weight <weight:integer>]",
                .doc = "A word or a phrase, and what it weighs each time; 1 at first",
                .console = classifiers_page,
                .example = "word \"falcon\" weight 2"});
  vocabulary.add_section("gateway-action-plan", "An action plan")
      .declare({.id = "description",
                .pattern = "description <text:string>",
                .doc = "What the plan is for",
                .console = plans_page,
                .example = "description \"Nothing of it in clear\"",
                .once = true})
      .declare({.id = "email",
                .pattern = "email <action:permit|encrypt|quarantine|drop>",
                .doc = "What is done with the mail",
                .console = plans_page,
                .example = "email encrypt",
                .required = true,
                .once = true});
}

}  // namespace sealgate::settings
