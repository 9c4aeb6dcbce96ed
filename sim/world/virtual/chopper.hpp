// Decides where a stream is cut: the offsets that no read may straddle. A real stack may cut
// anywhere; a program that holds only when the cuts are kind shows here.
//
// Pure: the same parameters, seed and bytes give the same cuts, however the bytes were cut into
// segments before, except that a TLS record header is only recognised within one segment.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "sim/world/virtual/link.hpp"

namespace sealcheck::world {

/// Cuts in (offset, offset + bytes.size()], in ascending order, each once: a cut at C stands before
/// byte C. `stream_seed` is the direction's own, for the random ones.
std::vector<std::uint64_t> find_cuts(const Chop& chop, std::uint64_t stream_seed,
                                     std::uint64_t offset, std::string_view bytes);

}  // namespace sealcheck::world
