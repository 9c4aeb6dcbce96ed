#include "sim/verdict/base64_runs.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

namespace sealcheck::verdict {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

constexpr int value_of(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return -1;
}

// Every byte of every wire passes here, several times.
constexpr auto sextet_of = [] {
  std::array<std::int8_t, 256> table{};
  for (std::size_t c = 0; c < table.size(); ++c)
    table[c] = static_cast<std::int8_t>(value_of(static_cast<char>(c)));
  return table;
}();

int sextet(char c) {
  return sextet_of[static_cast<unsigned char>(c)];
}

// Characters of a base64 alphabet that only line breaks and their indentation separate.
struct Base64Run {
  struct Line {
    std::size_t index;   ///< of its first sextet
    std::size_t source;  ///< where that stands
  };
  std::string sextets;
  std::vector<Line> lines;

  /// What stands from `begin` to `end` besides them is skipped.
  Base64Run(std::string_view source, std::size_t begin, std::size_t end) {
    bool at_line_start = true;
    for (std::size_t i = begin; i < end; ++i) {
      const int value = sextet(source[i]);
      if (value >= 0 && at_line_start) lines.push_back({sextets.size(), i});
      if (value >= 0) sextets += static_cast<char>(value);
      at_line_start = value < 0;
    }
  }

  /// The byte whose bits begin in sextet `at`, `shift` (0, 2 or 4) bits in.
  char byte(std::size_t at, std::size_t shift) const {
    return static_cast<char>((sextets[at] << (2 + shift)) | (sextets[at + 1] >> (4 - shift)));
  }
};

void append_decoded(View& view, const Base64Run& run, std::size_t first) {
  auto line = run.lines.begin();
  bool fresh = true;
  std::size_t shift = 0;
  for (std::size_t at = first; at + 1 < run.sextets.size();) {
    for (; std::next(line) != run.lines.end() && std::next(line)->index <= at; ++line) fresh = true;
    if (fresh) view.begin_base64(line->source + at - line->index);
    fresh = false;
    view.append_byte(run.byte(at, shift));
    at += shift == 4 ? 2 : 1;
    shift = shift == 4 ? 0 : shift + 2;
  }
  view.append_byte('\0');  // so that nothing is found across two runs
}

}  // namespace

std::optional<View> decode_base64_runs(std::string_view source, std::size_t run_min) {
  View view;
  run_min = std::max(run_min, base64_run_min);
  std::size_t begin = 0, count = 0;  // of the run that goes on, and of its characters
  bool at_line_start = false;
  const auto decode_until = [&](std::size_t end) {
    const Base64Run run(source, begin, end);
    for (std::size_t first = 0; first < 4; ++first) append_decoded(view, run, first);
  };
  for (std::size_t i = 0; i < source.size(); ++i) {
    const char c = source[i];
    if (sextet(c) >= 0) {
      if (count++ == 0) begin = i;
      at_line_start = false;
    } else if (c == '\r' || c == '\n') {
      at_line_start = true;
    } else if (!(is_blank(c) && at_line_start)) {
      if (count >= run_min) decode_until(i);
      count = 0;
      at_line_start = false;
    }
  }
  if (count >= run_min) decode_until(source.size());
  if (view.text().empty()) return std::nullopt;
  return view;
}

std::string decode_base64(std::string_view encoded) {
  const Base64Run run(encoded, 0, encoded.size());
  std::string text;
  for (std::size_t bit = 0; bit / 6 + 1 < run.sextets.size(); bit += 8)
    text += run.byte(bit / 6, bit % 6);
  return text;
}

}  // namespace sealcheck::verdict
