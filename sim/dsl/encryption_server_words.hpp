// The words for an encryption server, the third-party application behind the gateway.
#pragma once

#include "reference/syntax/vocabulary.hpp"

namespace sealcheck::dsl {

void declare_encryption_server(syntax::Vocabulary& vocabulary, syntax::Section& scenario);

}  // namespace sealcheck::dsl
