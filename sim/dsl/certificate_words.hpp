// What a scenario says of the gateway's certificate: files in the administrator's hand, the TLS
// Certificate page, and what clients are shown.
#pragma once

#include "reference/syntax/vocabulary.hpp"

namespace sealcheck::dsl {

/// Before the words of expectations: `expect gateway presents` is none of a peer.
void declare_certificate_words(syntax::Vocabulary& vocabulary, syntax::Section& scenario);

}  // namespace sealcheck::dsl
