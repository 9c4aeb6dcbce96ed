// The words at the head of a scenario: what it is evidence for, and its rows.
#pragma once

#include "reference/syntax/vocabulary.hpp"

namespace sealcheck::dsl {

/// The type column. To be called before the sections that use it are declared.
void add_row_types(syntax::Vocabulary& vocabulary);

/// Adds the section "rows", and the statements to the section "scenario".
void declare_header(syntax::Vocabulary& vocabulary, syntax::Section& scenario);

}  // namespace sealcheck::dsl
