// Many phrases looked for at once: one pass over a text, whatever their number (Aho-Corasick). What
// counts as a match is message::Phrase's rule: whole words, in any letter case, any white space
// between them.
//
// Built once, then const and safe from any thread. Memory is the phrases' length times the number
// of different bytes in them.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sealgate::policy {

class PhraseSet {
 public:
  /// The number of a phrase is its place. One without any character is found nowhere.
  explicit PhraseSet(const std::vector<std::string>& phrases);

  /// Each place where a phrase stands, in the order of their ends. `offset` is where in `text` it
  /// begins, to the word.
  using OnMatch = std::function<void(std::uint32_t phrase, std::size_t offset)>;
  void scan(std::string_view text, const OnMatch& on_match) const;

 private:
  friend class PhraseScan;
  struct Phrase {
    std::uint32_t octets = 0;  ///< folded
    bool bounded_left = false;
    bool bounded_right = false;
  };
  using State = std::uint32_t;

  void insert(std::uint32_t number, const std::string& folded);
  void connect();
  State& next(State state, std::uint8_t byte_class) { return next_[state * classes_ + byte_class]; }

  std::vector<Phrase> phrases_;
  std::array<std::uint8_t, 256> class_of_{};  ///< 0: in no phrase
  std::size_t classes_ = 1;
  std::vector<State> next_;                       ///< states x classes
  std::vector<std::vector<std::uint32_t>> ends_;  ///< phrases that end in a state
  std::vector<State> shorter_;  ///< the next state on the way of failure where one ends; 0: none
  std::vector<std::uint8_t> any_end_;
  std::size_t longest_ = 0;
};

}  // namespace sealgate::policy
