// Base64 wherever it stands in some bytes, and however it is aligned there. See decoded_view.hpp.
//
// RFC 4648 sections 4 and 5: each run of eight or more characters of either alphabet, across line
// breaks, is decoded from its first, second, third and fourth character on, because what stands
// before the encoded part may be taken for a part of it. Padding ends a run.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/verdict/decoded_view.hpp"

namespace sealcheck::verdict {

/// All runs of the source, with a zero byte between two of them; nothing if there is none.
std::optional<View> decode_base64_runs(std::string_view source);

/// The whole text, aligned; characters of no alphabet are skipped.
std::string decode_base64(std::string_view encoded);

}  // namespace sealcheck::verdict
