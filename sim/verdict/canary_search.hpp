// Looks for many strings in some bytes as they are and as a reader would decode them.
//
// Each text is looked for raw, in each decoded view of the bytes, and in the views of those (a
// base64 attachment may hold a quoted-printable one); ASCII case counts for nothing. No text is
// looked for in compressed or encrypted data, nor across two calls.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/verdict/pattern_set.hpp"

namespace sealcheck::verdict {

/// One text, found.
struct Sighting {
  std::size_t text = 0;    ///< its index
  std::size_t offset = 0;  ///< where it, or its encoded form, begins in the bytes
  std::string how;  ///< "", "base64-decoded", "base64-decoded, then quoted-printable-decoded"
};

class CanarySearch {
 public:
  /// The texts must differ from each other when case is ignored.
  explicit CanarySearch(const std::vector<std::string>& texts);

  /// At most one sighting for each text: the first of the least decoded ones. In the texts' order.
  std::vector<Sighting> find(std::string_view bytes) const;

 private:
  PatternSet patterns_;
};

}  // namespace sealcheck::verdict
