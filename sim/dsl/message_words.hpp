// The words of the scenario language for messages: what is in them, how they are encoded, how their
// sender hands them over, and how far they may travel in clear.
#pragma once

#include "reference/syntax/vocabulary.hpp"

namespace sealcheck::dsl {

/// Adds the sections "message" and "attachment".
void declare_message_words(syntax::Vocabulary& vocabulary);

}  // namespace sealcheck::dsl
