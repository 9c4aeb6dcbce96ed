// The words of the hybrid service's block, and the section of what any peer may be changed to.
#pragma once

#include "reference/syntax/vocabulary.hpp"

namespace sealcheck::dsl {

/// After declare_mx_words(): its front is a mail exchanger's.
void declare_cloud_words(syntax::Vocabulary& vocabulary, syntax::Section& scenario);
/// After the words of all kinds of peers.
void declare_peer_words(syntax::Vocabulary& vocabulary);

}  // namespace sealcheck::dsl
