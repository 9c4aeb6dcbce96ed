#include "sim/verdict/pattern_set.hpp"

#include <boost/assert.hpp>

#include <algorithm>

namespace sealcheck::verdict {
namespace {

char lower_ascii(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = lower_ascii(c);
  return lower;
}

PatternSet::PatternSet(const std::vector<std::string>& patterns) {
  std::vector<std::string> folded;
  std::size_t states_max = 1;
  for (const std::string& pattern : patterns) {
    folded.push_back(lower_ascii(pattern));
    sizes_.push_back(pattern.size());
    if (!pattern.empty()) shortest_ = std::min(shortest_, pattern.size());
    states_max += pattern.size();
    for (const char c : folded.back()) {
      std::uint8_t& byte_class = class_of_[static_cast<unsigned char>(c)];
      if (byte_class == 0) byte_class = static_cast<std::uint8_t>(classes_++);
    }
  }
  for (char upper = 'A'; upper <= 'Z'; ++upper)
    class_of_[static_cast<unsigned char>(upper)] =
        class_of_[static_cast<unsigned char>(lower_ascii(upper))];
  next_.reserve(states_max * classes_);
  pattern_at_.reserve(states_max);
  shorter_.reserve(states_max);
  new_state();
  for (std::size_t i = 0; i < folded.size(); ++i) add(i, folded[i]);
  link();
}

PatternSet::State PatternSet::new_state() {
  const auto state = static_cast<State>(pattern_at_.size());
  next_.resize(next_.size() + classes_, 0);
  pattern_at_.push_back(0);
  shorter_.push_back(0);
  return state;
}

void PatternSet::add(std::size_t pattern, std::string_view folded) {
  if (folded.empty()) return;
  State state = 0;
  for (const char c : folded) {
    const std::size_t byte_class = class_of_[static_cast<unsigned char>(c)];
    if (next(state, byte_class) == 0) {
      const State fresh = new_state();  // moves next_: before the assignment
      next(state, byte_class) = fresh;
    }
    state = next(state, byte_class);
  }
  BOOST_ASSERT_MSG(pattern_at_[state] == 0, "two patterns are the same");
  pattern_at_[state] = pattern + 1;
}

// Breadth first, so that the state of a shorter suffix is complete before it is asked.
void PatternSet::link() {
  std::vector<State> suffix(pattern_at_.size(), 0);
  std::vector<State> order{0};
  order.reserve(pattern_at_.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    const State state = order[i];
    State* const row = &next_[state * classes_];
    const State* const suffix_row = &next_[suffix[state] * classes_];
    for (std::size_t byte_class = 1; byte_class < classes_; ++byte_class) {
      State& child = row[byte_class];
      const State fallback = state == 0 ? 0 : suffix_row[byte_class];
      if (child == 0) {
        child = fallback;
      } else {
        suffix[child] = fallback;
        shorter_[child] = pattern_at_[fallback] != 0 ? fallback : shorter_[fallback];
        order.push_back(child);
      }
    }
  }
  ends_.resize(pattern_at_.size());
  for (std::size_t state = 0; state < ends_.size(); ++state)
    ends_[state] = pattern_at_[state] != 0 || shorter_[state] != 0;
}

void PatternSet::scan(std::string_view text, const OnMatch& on_match) const {
  if (text.size() < shortest_) return;
  // Every byte of every wire passes here, several times: no bounds are checked.
  const State* const rows = next_.data();
  const std::uint8_t* const class_of = class_of_.data();
  const std::uint8_t* const ends = ends_.data();
  const char* const bytes = text.data();
  const std::size_t size = text.size(), classes = classes_;
  State state = 0;
  for (std::size_t i = 0; i < size; ++i) {
    state = rows[state * classes + class_of[static_cast<unsigned char>(bytes[i])]];
    if (!ends[state]) continue;
    for (State found = pattern_at_[state] != 0 ? state : shorter_[state]; found != 0;
         found = shorter_[found]) {
      const std::size_t pattern = pattern_at_[found] - 1;
      on_match(pattern, i + 1 - sizes_[pattern]);
    }
  }
}

}  // namespace sealcheck::verdict
