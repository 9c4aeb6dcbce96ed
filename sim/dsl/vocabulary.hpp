// The words of the scenario language, each declared once: statement, argument types, one line of
// documentation. The checker, the suggestions, the formatter and the manual all read this
// declaration. The gateway's block is the settings' own vocabulary (reference/settings):
// sealgate.conf, word for word.
#pragma once

#include "reference/syntax/vocabulary.hpp"

namespace sealcheck::dsl {

/// Built on first use. Sections: "file" (top level), "scenario", "rows", "message", "mx", and the
/// settings'.
const syntax::Vocabulary& scenario_vocabulary();

}  // namespace sealcheck::dsl
