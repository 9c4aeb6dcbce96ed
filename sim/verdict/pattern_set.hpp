// Finds all of many short strings in one pass over a text (Aho and Corasick, 1975).
//
// ASCII letters match in either case; every other byte matches itself. The patterns must differ
// from each other when case is ignored, which is asserted; an empty one never matches. Time is
// linear in the text, memory about 4 bytes times the patterns' bytes times the different bytes that
// occur in them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
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

  /// Calls back for every occurrence, overlapping ones too, in the order of their ends.
  void scan(std::string_view text, const OnMatch& on_match) const;

  /// The size of the shortest pattern that can match; the greatest number when there is none.
  std::size_t shortest() const { return shortest_; }

 private:
  using State = std::uint32_t;

  void add(std::size_t pattern, std::string_view folded);
  void link();
  State& next(State state, std::size_t byte_class) { return next_[state * classes_ + byte_class]; }
  State new_state();

  std::array<std::uint8_t, 256> class_of_{};  ///< 0: a byte of no pattern
  std::size_t classes_ = 1;
  std::vector<State> next_;  ///< a row of classes_ states for each state; state 0 is the root
  std::vector<std::size_t> pattern_at_;  ///< the pattern that ends in a state, plus one; 0: none
  std::vector<State> shorter_;           ///< the next shorter suffix that is a whole pattern
  std::vector<std::uint8_t> ends_;       ///< whether any pattern ends in a state
  std::vector<std::size_t> sizes_;       ///< of the patterns
  std::size_t shortest_ = std::numeric_limits<std::size_t>::max();
};

}  // namespace sealcheck::verdict
