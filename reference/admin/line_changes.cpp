#include "reference/admin/line_changes.hpp"

#include <algorithm>

namespace sealgate::admin {
namespace {

using Lines = std::vector<std::string_view>;

std::string_view trimmed(std::string_view line) {
  const auto begin = line.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(" \t\r") - begin + 1);
}

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    if (const auto line = trimmed(text.substr(0, end)); !line.empty()) lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

void drop_common_ends(Lines& before, Lines& after) {
  const auto [a, b] = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
  const auto start = a - before.begin();
  before.erase(before.begin(), a);
  after.erase(after.begin(), after.begin() + start);
  while (!before.empty() && !after.empty() && before.back() == after.back()) {
    before.pop_back();
    after.pop_back();
  }
}

}  // namespace

std::vector<std::string> line_changes(std::string_view before, std::string_view after) {
  Lines old = lines_of(before);
  Lines now = lines_of(after);
  drop_common_ends(old, now);
  // The longest common subsequence, from the back.
  std::vector<std::vector<std::size_t>> kept(old.size() + 1,
                                             std::vector<std::size_t>(now.size() + 1));
  for (std::size_t i = old.size(); i-- > 0;)
    for (std::size_t j = now.size(); j-- > 0;)
      kept[i][j] =
          old[i] == now[j] ? kept[i + 1][j + 1] + 1 : std::max(kept[i + 1][j], kept[i][j + 1]);
  std::vector<std::string> changes;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < old.size() || j < now.size()) {
    if (i < old.size() && j < now.size() && old[i] == now[j]) {
      ++i;
      ++j;
    } else if (j == now.size() || (i < old.size() && kept[i + 1][j] >= kept[i][j + 1])) {
      changes.push_back("- " + std::string(old[i++]));
    } else {
      changes.push_back("+ " + std::string(now[j++]));
    }
  }
  return changes;
}

}  // namespace sealgate::admin
