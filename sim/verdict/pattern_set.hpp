// Finds all of many strings in one pass over a text.
//
// ASCII letters match in either case; every other byte matches itself. The patterns must differ
// from each other when case is ignored, which is asserted; an empty one never matches. A set is
// made for each run and then sees the run's few wires, so making one must cost next to nothing: a
// table of the pairs of bytes that patterns begin with, and at such a pair a comparison with each
// pattern that begins so.
#pragma once

#include <bitset>
#include <cstddef>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace sealcheck::verdict {

/// The text with ASCII letters in lower case.
std::string lower_ascii(std::string_view text);

class PatternSet {
 public:
  explicit PatternSet(const std::vector<std::string>& patterns);

  /// Where a pattern (its index in the constructor's list) begins in the text.
  using OnMatch = std::function<void(std::size_t pattern, std::size_t begin)>;

  /// Calls back for every occurrence, overlapping ones too, in the order of their begins.
  void scan(std::string_view text, const OnMatch& on_match) const;

  /// The size of the shortest pattern that can match; the greatest number when there is none.
  std::size_t shortest() const { return shortest_; }

 private:
  struct Pattern {
    std::string folded;
    std::size_t number;
  };

  void compare(std::string_view text, std::size_t begin, const OnMatch& on_match) const;

  std::vector<Pattern> patterns_;  ///< sorted by their text; without the empty ones
  std::bitset<65536> begins_;      ///< pairs of folded bytes, the first one the higher
  std::size_t shortest_ = std::numeric_limits<std::size_t>::max();
};

}  // namespace sealcheck::verdict
