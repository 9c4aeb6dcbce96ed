// Base64 wherever it stands in some bytes, and however it is aligned there. See decoded_view.hpp.
//
// RFC 4648 sections 4 and 5: each run of eight or more characters of either alphabet, across line
// breaks, is decoded from its first, second, third and fourth character on, because what stands
// before the encoded part may be taken for a part of it. Padding ends a run. Who looks for
// something long need not see the short runs, which every plain text is full of.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "sim/verdict/decoded_view.hpp"

namespace sealcheck::verdict {

constexpr std::size_t base64_run_min = 8;

/// All runs of the source that have at least `run_min` characters (and at least base64_run_min),
/// with a zero byte between two of them; nothing if there is none.
std::optional<View> decode_base64_runs(std::string_view source,
                                       std::size_t run_min = base64_run_min);

/// The whole text, aligned; characters of no alphabet are skipped.
std::string decode_base64(std::string_view encoded);

}  // namespace sealcheck::verdict
