// Words of the scenario language for a mail exchanger in one phase, and what a scenario may use up.
#pragma once

#include "reference/syntax/vocabulary.hpp"

namespace sealcheck::dsl {

/// Adds the section "mx". The type ordinal must be there.
void declare_mx_words(syntax::Vocabulary& vocabulary);
/// For the section "scenario".
void declare_budget(syntax::Section& scenario);

}  // namespace sealcheck::dsl
