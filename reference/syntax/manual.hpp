// The manual of a vocabulary: each section and each statement, as Markdown.
//
// A statement shows its form, its line of documentation, the values of its arguments, how often it
// may stand, what holds without it, the console page that it stands for and its example.
#pragma once

#include <string>

#include "reference/syntax/vocabulary.hpp"

namespace syntax {

/// Sections in the order of the vocabulary as "## name", statements below them as "### form".
std::string manual(const Vocabulary& vocabulary);

}  // namespace syntax
