// Policies in the settings' own words, in one canonical way: what is stored when they are deployed,
// compared to tell what a deploy changed, and said to explain a decision.
//
// read_settings() reads back what to_text() writes: the same PolicySet.
#pragma once

#include <string>
#include <vector>

#include "reference/policy/policy.hpp"

namespace sealgate::policy {

/// Without "when": `subject or body contains "confidential"`.
std::string to_text(const Condition& condition);

/// One statement of the settings, with a title that names it whatever its content is.
struct TextBlock {
  std::string title;  ///< `policy "Confidential"`
  std::string text;   ///< whole lines
};

/// In the order in which they must stand in a settings text.
std::vector<TextBlock> to_blocks(const PolicySet& set);

std::string to_text(const PolicySet& set);

}  // namespace sealgate::policy
