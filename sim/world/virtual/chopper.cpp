#include "sim/world/virtual/chopper.hpp"

#include <algorithm>

#include "sim/world/virtual/random.hpp"

namespace sealcheck::world {
namespace {

// Type 20 to 24 and a version 3.x (RFC 8446 section 5.1). Ciphertext that happens to look like it
// costs a needless cut.
bool is_tls_header(std::string_view bytes) {
  return bytes.size() >= 3 && bytes[0] >= 20 && bytes[0] <= 24 && bytes[1] == 3 && bytes[2] >= 0 &&
         bytes[2] <= 4;
}

// Every byte of the stream draws by itself whether a cut follows it, so that the cuts do not depend
// on the segments.
bool is_random_cut(std::uint64_t seed, std::uint64_t position, std::size_t bytes_max) {
  if (bytes_max == 1) return true;
  if (position % bytes_max == 0) return true;
  return random_value(seed, "chop", {position}) % bytes_max == 0;
}

}  // namespace

std::vector<std::uint64_t> find_cuts(const Chop& chop, std::uint64_t stream_seed,
                                     std::uint64_t offset, std::string_view bytes) {
  std::vector<std::uint64_t> cuts;
  if (!chop.cuts()) return cuts;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::uint64_t behind = offset + i + 1;
    if ((chop.piece_bytes_max && behind % chop.piece_bytes_max == 0) ||
        (chop.random_bytes_max && is_random_cut(stream_seed, behind, chop.random_bytes_max)) ||
        (chop.between_cr_and_lf && bytes[i] == '\r'))
      cuts.push_back(behind);
    if (chop.inside_tls_headers && is_tls_header(bytes.substr(i))) {
      cuts.push_back(behind);
      cuts.push_back(behind + 1);
    }
  }
  for (const std::uint64_t cut : chop.offsets)
    if (cut > offset && cut <= offset + bytes.size()) cuts.push_back(cut);
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  return cuts;
}

}  // namespace sealcheck::world
