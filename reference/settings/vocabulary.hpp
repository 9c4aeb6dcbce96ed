// The words of the settings: what stands in sealgate.conf, and in a scenario's `gateway { … }`.
//
// The section "gateway" holds every statement; its blocks are the sections "gateway-encryption",
// "gateway-delivery", "gateway-tls", "gateway-route" and those of policy_words.hpp. No statement is
// required here: a scenario leaves much to the lab. parse_settings() asks for what a daemon cannot
// do without.
#pragma once

#include "reference/syntax/vocabulary.hpp"

namespace sealgate::settings {

/// Adds the sections, and the types that they need, to a vocabulary that has the standard types.
void declare_settings(syntax::Vocabulary& vocabulary);

/// The settings alone, built on first use: what sealgate.conf is checked against.
const syntax::Vocabulary& settings_vocabulary();

}  // namespace sealgate::settings
