// Words of the scenario language for the network: what lies between two hosts, and who.
#pragma once

#include "reference/syntax/vocabulary.hpp"

namespace sealcheck::dsl {

/// Adds the section "path", and the statements with such a block to the section "scenario".
void declare_path_words(syntax::Vocabulary& vocabulary, syntax::Section& scenario);

}  // namespace sealcheck::dsl
