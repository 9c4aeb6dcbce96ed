// The candidate that somebody who wrote `word` most likely meant.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace syntax {

/// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment), in
/// bytes; letters that differ in case only count as equal.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The nearest candidate, the earlier one of equals; empty when none is within a third of the
/// word's length (at least 1, at most 4 edits), or when the word is longer than 64 bytes.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace syntax
