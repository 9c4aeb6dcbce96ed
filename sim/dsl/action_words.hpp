// The words of the scenario language for what people send and how peers change.
#pragma once

#include "reference/syntax/vocabulary.hpp"

namespace sealcheck::dsl {

/// Adds the section "client", and the actions to the section "scenario".
void declare_actions(syntax::Vocabulary& vocabulary, syntax::Section& scenario);

}  // namespace sealcheck::dsl
