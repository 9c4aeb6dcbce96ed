// The words of the content policies. Internal to this folder; vocabulary.hpp adds them.
#pragma once

#include "reference/syntax/vocabulary.hpp"

namespace sealgate::settings {

/// To the section "gateway", and the sections "gateway-policy", "gateway-rule",
/// "gateway-dictionary" and "gateway-action-plan". The types of vocabulary.cpp are there already.
void declare_policies(syntax::Vocabulary& vocabulary, syntax::Section& gateway);

}  // namespace sealgate::settings
