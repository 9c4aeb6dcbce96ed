#include "reference/policy/compiled.hpp"

#include <algorithm>
#include <map>

namespace sealgate::policy {
namespace {

/// Gives each different text one number.
class Numbers {
 public:
  std::uint32_t of(const std::string& text) {
    const auto [at, added] = numbers_.emplace(text, static_cast<std::uint32_t>(texts_.size()));
    if (added) texts_.push_back(text);
    return at->second;
  }
  const std::vector<std::string>& texts() const { return texts_; }

 private:
  std::map<std::string, std::uint32_t> numbers_;
  std::vector<std::string> texts_;
};

class Compiler {
 public:
  explicit Compiler(const PolicySet& set) : set_(set) {
    for (std::size_t i = 0; i < set.policies.size(); ++i) {
      const auto& rules = set.policies[i].rules;
      for (std::size_t j = 0; j < rules.size(); ++j) add(i, j, rules[j]);
    }
  }

  Compiled finish() {
    Compiled made{.phrases = PhraseSet(phrases_.texts()),
                  .patterns = PatternSet(patterns_.texts()),
                  .globs = PatternSet::of_globs(globs_.texts()),
                  .types = PatternSet::of_globs(types_.texts())};
    made.phrases_count = phrases_.texts().size();
    made.patterns_count = patterns_.texts().size();
    made.globs_count = globs_.texts().size();
    made.types_count = types_.texts().size();
    made.phrase_areas = phrase_areas_;
    made.pattern_areas = pattern_areas_;
    made.rules = std::move(rules_);
    return made;
  }

 private:
  void add(std::size_t policy, std::size_t number, const Rule& rule) {
    if (rule.conditions.empty()) return;  // an unfinished rule must not drop mail
    CompiledRule compiled{
        policy, number, rule.needed == 0 ? rule.conditions.size() : rule.needed, {}};
    for (const auto& condition : rule.conditions) {
      current_ = {.condition = &condition};
      std::visit([this](const auto& kind) { take(kind); }, condition);
      compiled.conditions.push_back(std::move(current_));
    }
    rules_.push_back(std::move(compiled));
  }

  void number_all(Numbers& numbers, const std::vector<std::string>& texts) {
    for (const auto& text : texts) current_.numbers.push_back(numbers.of(text));
  }

  // One overload for each kind of condition.
  void take(const PhraseCondition& condition) {
    current_.areas = condition.areas;
    phrase_areas_ |= condition.areas;
    number_all(phrases_, condition.phrases);
  }
  void take(const PatternCondition& condition) {
    current_.areas = condition.areas;
    pattern_areas_ |= condition.areas;
    current_.numbers.push_back(patterns_.of(condition.pattern));
  }
  void take(const DictionaryCondition& condition) {
    current_.areas = condition.areas;
    phrase_areas_ |= condition.areas;
    const auto found =
        std::find_if(set_.dictionaries.begin(), set_.dictionaries.end(),
                     [&](const auto& one) { return one.name == condition.dictionary; });
    if (found == set_.dictionaries.end()) return;
    for (const auto& word : found->words) {
      current_.numbers.push_back(phrases_.of(word.text));
      current_.weights.push_back(word.weight);
    }
  }
  void take(const FileNameCondition& condition) { number_all(globs_, condition.globs); }
  void take(const FileTypeCondition& condition) { number_all(types_, condition.types); }
  void take(const FileSizeCondition&) {}
  void take(const AttachmentCountCondition&) {}
  void take(const MessageSizeCondition&) {}

  const PolicySet& set_;
  CompiledCondition current_;
  Numbers phrases_, patterns_, globs_, types_;
  std::uint8_t phrase_areas_ = 0;
  std::uint8_t pattern_areas_ = 0;
  std::vector<CompiledRule> rules_;
};

}  // namespace

Compiled compile(const PolicySet& set) {
  return Compiler(set).finish();
}

}  // namespace sealgate::policy
