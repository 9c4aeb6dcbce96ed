#include "sim/verdict/pattern_set.hpp"

#include <algorithm>
#include <array>
#include <boost/assert.hpp>
#include <cstdint>

namespace sealcheck::verdict {
namespace {

constexpr std::array<std::uint8_t, 256> lower_table = [] {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t c = 0; c < table.size(); ++c)
    table[c] = static_cast<std::uint8_t>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return table;
}();

std::uint8_t lower_ascii(char c) {
  return lower_table[static_cast<unsigned char>(c)];
}

std::size_t pair_of(std::uint8_t first, std::uint8_t second) {
  return static_cast<std::size_t>(first) << 8 | second;
}

}  // namespace

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(lower_ascii(c));
  return lower;
}

PatternSet::PatternSet(const std::vector<std::string>& patterns) {
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    if (patterns[i].empty()) continue;
    shortest_ = std::min(shortest_, patterns[i].size());
    patterns_.push_back({lower_ascii(patterns[i]), i});
  }
  std::sort(patterns_.begin(), patterns_.end(),
            [](const Pattern& a, const Pattern& b) { return a.folded < b.folded; });
  for (const auto& [folded, number] : patterns_) {
    const auto first = static_cast<std::uint8_t>(folded[0]);
    if (folded.size() > 1)
      begins_.set(pair_of(first, static_cast<std::uint8_t>(folded[1])));
    else
      for (int second = 0; second < 256; ++second)
        begins_.set(pair_of(first, static_cast<std::uint8_t>(second)));
  }
  const auto twice =
      std::adjacent_find(patterns_.begin(), patterns_.end(),
                         [](const Pattern& a, const Pattern& b) { return a.folded == b.folded; });
  BOOST_ASSERT_MSG(twice == patterns_.end(), "two patterns are the same");
}

// Every byte of every wire passes here, several times.
void PatternSet::scan(std::string_view text, const OnMatch& on_match) const {
  if (text.size() < shortest_) return;
  std::uint8_t first = lower_ascii(text[0]);
  for (std::size_t i = 1; i < text.size(); ++i) {
    const std::uint8_t second = lower_ascii(text[i]);
    if (begins_[pair_of(first, second)]) compare(text, i - 1, on_match);
    first = second;
  }
  compare(text, text.size() - 1, on_match);
}

void PatternSet::compare(std::string_view text, std::size_t begin, const OnMatch& on_match) const {
  const std::uint8_t first = lower_ascii(text[begin]);
  auto at = std::lower_bound(patterns_.begin(), patterns_.end(), first,
                             [](const Pattern& pattern, std::uint8_t byte) {
                               return static_cast<std::uint8_t>(pattern.folded[0]) < byte;
                             });
  for (; at != patterns_.end() && static_cast<std::uint8_t>(at->folded[0]) == first; ++at) {
    const std::string& folded = at->folded;
    if (folded.size() > text.size() - begin) continue;
    if (std::equal(folded.begin() + 1, folded.end(), text.begin() + begin + 1,
                   [](char a, char b) { return static_cast<std::uint8_t>(a) == lower_ascii(b); }))
      on_match(at->number, begin);
  }
}

}  // namespace sealcheck::verdict
