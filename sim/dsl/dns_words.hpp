// Words of the scenario language for the name servers that the gateway asks.
#pragma once

#include "reference/syntax/vocabulary.hpp"

namespace sealcheck::dsl {

/// Adds the section "dns", and the statements with such a block to the section "scenario".
void declare_dns_words(syntax::Vocabulary& vocabulary, syntax::Section& scenario);

}  // namespace sealcheck::dsl
