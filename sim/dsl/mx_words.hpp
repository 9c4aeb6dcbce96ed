// Words of the scenario language beside vocabulary.cpp: what a mail exchanger's TLS is like and
// whether it hands mail back, and what a scenario may use up.
#pragma once

#include "reference/syntax/vocabulary.hpp"

namespace sealcheck::dsl {

/// For the section "mx".
void declare_mx_words(syntax::Section& mx);
/// For the section "scenario".
void declare_budget(syntax::Section& scenario);

}  // namespace sealcheck::dsl
