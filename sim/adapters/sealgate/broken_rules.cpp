// Gateways that read a policy and leave one thing of it out, for broken_policies.hpp.
#include "sim/adapters/sealgate/broken_policies.hpp"

namespace sealcheck::adapters {
namespace {

namespace policy = sealgate::policy;
using sealgate::settings::Settings;

template <class Change>
void for_each_rule(Settings& settings, Change change) {
  for (auto& one : settings.policies.policies)
    for (auto& rule : one.rules) change(rule);
}

template <class Condition, class Change>
void for_each_condition(Settings& settings, Change change) {
  for_each_rule(settings, [&](policy::Rule& rule) {
    for (auto& condition : rule.conditions)
      if (auto* found = std::get_if<Condition>(&condition)) change(*found);
  });
}

// What it looks for is in no message.
const std::string nowhere = "qqqqzzzz";

void look_at_the_subject_alone(Settings& settings) {
  for_each_condition<policy::PhraseCondition>(
      settings, [](auto& condition) { condition.areas = policy::subject_area; });
}

void read_no_pattern(Settings& settings) {
  for_each_condition<policy::PatternCondition>(
      settings, [](auto& condition) { condition.pattern = nowhere; });
}

void count_words_once(Settings& settings) {
  for (auto& dictionary : settings.policies.dictionaries)
    for (auto& word : dictionary.words) word.weight = 1;
}

// As if each rule said "match any".
void be_content_with_one_condition(Settings& settings) {
  for_each_rule(settings, [](auto& rule) { rule.needed = 1; });
}

void see_no_file_names(Settings& settings) {
  for_each_condition<policy::FileNameCondition>(
      settings, [](auto& condition) { condition.globs = {nowhere}; });
}

void see_no_file_types(Settings& settings) {
  for_each_condition<policy::FileTypeCondition>(
      settings, [](auto& condition) { condition.types = {"x-none/" + nowhere}; });
}

void see_no_file_sizes(Settings& settings) {
  for_each_condition<policy::FileSizeCondition>(settings, [](auto& condition) {
    condition.octets = {true, UINT64_MAX};
  });
}

void count_one_attachment_too_many(Settings& settings) {
  for_each_condition<policy::AttachmentCountCondition>(
      settings, [](auto& condition) { --condition.count.value; });
}

void carry_out_the_first_plan(Settings& settings) {
  if (settings.policies.plans.empty()) return;
  const auto action = settings.policies.plans.front().email;
  for_each_rule(settings, [&](auto& rule) {
    if (!rule.plan.empty()) rule.action = action;
  });
}

void take_plans_for_permission(Settings& settings) {
  for_each_rule(settings, [&](auto& rule) {
    if (!rule.plan.empty()) rule.action = policy::Action::permit;
  });
}

void apply_to_everybody(Settings& settings) {
  for_each_rule(settings, [](auto& rule) { rule.source = {}; });
}

void forget_the_exceptions(Settings& settings) {
  for_each_rule(settings, [](auto& rule) { rule.source.except = {}; });
}

void apply_to_every_domain(Settings& settings) {
  for_each_rule(settings, [](auto& rule) { rule.destination.domains.clear(); });
}

void call_policies_by_a_number(Settings& settings) {
  int number = 0;
  for (auto& one : settings.policies.policies) {
    one.name = "policy " + std::to_string(++number);
    one.description.clear();
  }
}

void call_rules_by_their_policy(Settings& settings) {
  for (auto& one : settings.policies.policies)
    for (auto& rule : one.rules) rule.name = one.name;
}

}  // namespace

const std::vector<BrokenPolicy>& broken_rules() {
  static const std::vector<BrokenPolicy> all{
      {"applies-to-every-domain", nullptr, apply_to_every_domain},
      {"applies-to-everybody", nullptr, apply_to_everybody},
      {"calls-policies-by-a-number", nullptr, call_policies_by_a_number},
      {"calls-rules-by-their-policy", nullptr, call_rules_by_their_policy},
      {"carries-out-the-first-plan", nullptr, carry_out_the_first_plan},
      {"counts-one-attachment-too-many", nullptr, count_one_attachment_too_many},
      {"counts-words-once", nullptr, count_words_once},
      {"forgets-the-exceptions", nullptr, forget_the_exceptions},
      {"is-content-with-one-condition", nullptr, be_content_with_one_condition},
      {"looks-at-the-subject-alone", nullptr, look_at_the_subject_alone},
      {"reads-no-pattern", nullptr, read_no_pattern},
      {"sees-no-file-names", nullptr, see_no_file_names},
      {"sees-no-file-sizes", nullptr, see_no_file_sizes},
      {"sees-no-file-types", nullptr, see_no_file_types},
      {"takes-plans-for-permission", nullptr, take_plans_for_permission},
  };
  return all;
}

}  // namespace sealcheck::adapters
