// Matches statements against a section of a vocabulary.
//
// Each statement that fits becomes a Node; each that does not gets one diagnostic and is left out
// (its block is still checked when it is clear what belongs there). Of several declarations that
// fit, the first one declared wins, those that start with the statement's literal word before all
// others. Time is linear in the text for a given vocabulary.
#pragma once

#include <string_view>
#include <vector>

#include "reference/syntax/diagnostic.hpp"
#include "reference/syntax/node.hpp"
#include "reference/syntax/tree.hpp"
#include "reference/syntax/vocabulary.hpp"

namespace syntax {

/// The section must exist and the vocabulary be finished: std::logic_error otherwise.
std::vector<Node> check(const Vocabulary& vocabulary, std::string_view section, const Tree& tree,
                        Diagnostics& diagnostics);

/// The same for a part of a tree. `owner` is where missing required statements are reported.
std::vector<Node> check(const Vocabulary& vocabulary, std::string_view section,
                        const std::vector<Statement>& statements, const Span& owner,
                        Diagnostics& diagnostics);

/// Checks every declaration's example against its own section; an example must match its own
/// declaration. Missing required statements inside an example's block do not count.
void check_examples(const Vocabulary& vocabulary, Diagnostics& diagnostics);

}  // namespace syntax
