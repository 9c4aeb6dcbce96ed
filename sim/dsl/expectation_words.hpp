// The words of the scenario language for what is expected and what must never be.
#pragma once

#include "reference/syntax/vocabulary.hpp"

namespace sealcheck::dsl {

/// Adds the section "all", and to the section "scenario" what begins with expect and never. An id
/// is the word, a dot and the kind of condition (sim/plan/build_conditions.cpp).
void declare_expectations(syntax::Vocabulary& vocabulary, syntax::Section& scenario);

}  // namespace sealcheck::dsl
