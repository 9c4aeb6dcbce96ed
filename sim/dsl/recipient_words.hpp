// What the recipient of an encrypted message does with its file, and what is expected of it.
#pragma once

#include "reference/syntax/vocabulary.hpp"

namespace sealcheck::dsl {

void declare_recipient_words(syntax::Section& scenario);

}  // namespace sealcheck::dsl
