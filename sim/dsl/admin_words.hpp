// The words for what an administrator does while the scenario plays: one operation of the gateway
// each (sim/engine/sut.hpp lists them), waited for.
//
// To add one: a declaration here, and a line in the table of sim/plan/build_admin.cpp.
#pragma once

#include "reference/syntax/vocabulary.hpp"

namespace sealcheck::dsl {

/// For the section "scenario" (every id begins with "admin."), and the pages that are filled in.
void declare_admin_words(syntax::Vocabulary& vocabulary, syntax::Section& scenario);

}  // namespace sealcheck::dsl
