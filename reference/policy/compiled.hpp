// Rules with everything that is to be looked for gathered in sets. Internal to this folder.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reference/policy/patterns.hpp"
#include "reference/policy/phrase_set.hpp"
#include "reference/policy/policy.hpp"

namespace sealgate::policy {

struct CompiledCondition {
  const Condition* condition = nullptr;     ///< of the deployed set
  std::uint8_t areas = 0;                   ///< of the text kinds
  std::vector<std::uint32_t> numbers = {};  ///< of phrases, patterns, globs or types in their set
  std::vector<std::int64_t> weights = {};   ///< beside the numbers; of a dictionary's words
};

struct CompiledRule {
  std::size_t policy = 0;
  std::size_t rule = 0;
  std::size_t needed = 0;  ///< of the conditions; never 0
  std::vector<CompiledCondition> conditions;
};

struct Compiled {
  PhraseSet phrases;
  PatternSet patterns;
  PatternSet globs;
  PatternSet types;
  std::size_t phrases_count = 0;
  std::size_t patterns_count = 0;
  std::size_t globs_count = 0;
  std::size_t types_count = 0;
  std::uint8_t phrase_areas = 0;   ///< where some condition looks for phrases or words
  std::uint8_t pattern_areas = 0;  ///< and where for patterns
  std::vector<CompiledRule> rules = {};
};

Compiled compile(const PolicySet& set);

}  // namespace sealgate::policy
