// The words of IP groups and of the third-party application. Internal to this folder.
#pragma once

#include "reference/syntax/vocabulary.hpp"

namespace sealgate::settings {

/// Adds the sections "gateway-ip-group" and "gateway-third-party", and to `gateway` the statements
/// that open them.
void declare_third_party(syntax::Vocabulary& vocabulary, syntax::Section& gateway);

}  // namespace sealgate::settings
