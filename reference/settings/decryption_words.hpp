// The statements about decryption of inbound mail. Internal to this folder.
#pragma once

#include "reference/syntax/vocabulary.hpp"

namespace sealgate::settings {

void declare_decryption(syntax::Vocabulary& vocabulary, syntax::Section& gateway);

}  // namespace sealgate::settings
