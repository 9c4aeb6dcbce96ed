// The wording of what the checker finds. Internal to this folder.
#pragma once

#include "reference/syntax/diagnostic.hpp"
#include "reference/syntax/matcher.hpp"
#include "reference/syntax/tree.hpp"
#include "reference/syntax/vocabulary.hpp"

namespace syntax {

/// Nothing in the section starts like this.
Diagnostic complaint_about_unknown(const Vocabulary& vocabulary, const Section& section,
                                   const Statement& statement);

/// A wrong or missing token. `only`: the one declaration that was tried, null when there were
/// several.
Diagnostic complaint_about_token(const Statement& statement, const Expectation& expectation,
                                 const Declaration* only);

/// The tokens fit and the block, or its absence, does not.
Diagnostic complaint_about_block(const Declaration& declaration, const Statement& statement);

Diagnostic complaint_about_duplicate(const Statement& statement, const Statement& first);

Diagnostic complaint_about_missing(const Declaration& declaration, const Span& owner);

}  // namespace syntax
