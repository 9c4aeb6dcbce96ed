#include "reference/policy/deploy.hpp"

#include <algorithm>
#include <map>

#include "reference/policy/policy_text.hpp"

namespace sealgate::policy {
namespace {

using Lines = std::vector<std::string>;

Lines split(const std::string& text) {
  Lines lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = text.find('\n', begin);
    const auto first = std::min(text.find_first_not_of(' ', begin), end);
    lines.push_back(text.substr(first, end - first));
    begin = end + 1;
  }
  return lines;
}

/// What differs between the common head and the common tail: the old lines, then the new.
Lines difference(const Lines& before, const Lines& after) {
  std::size_t head = 0, tail = 0;
  const auto shorter = std::min(before.size(), after.size());
  while (head < shorter && before[head] == after[head]) ++head;
  while (tail < shorter - head &&
         before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
    ++tail;
  }
  Lines out;
  for (std::size_t i = head; i < before.size() - tail; ++i) out.push_back("- " + before[i]);
  for (std::size_t i = head; i < after.size() - tail; ++i) out.push_back("+ " + after[i]);
  return out;
}

std::map<std::string, std::string> by_title(const PolicySet& set) {
  std::map<std::string, std::string> texts;
  for (auto& block : to_blocks(set)) texts.emplace(std::move(block.title), std::move(block.text));
  return texts;
}

PolicySet all_marked(PolicySet set) {
  for (auto& policy : set.policies) policy.deployed = true;
  return set;
}

}  // namespace

std::string to_text(const Change& change) {
  static constexpr std::string_view words[] = {"added", "removed", "changed"};
  std::string out = change.title + " " + std::string(words[static_cast<int>(change.kind)]);
  for (const auto& line : change.lines) out += "\n    " + line;
  return out;
}

Deployment deploy(const PolicySet& drafts, const PolicySet& deployed) {
  Deployment deployment{all_marked(drafts), {}};
  const auto before = by_title(deployed);
  const auto after = by_title(deployment.deployed);
  for (const auto& [title, text] : after) {
    const auto old = before.find(title);
    if (old == before.end()) {
      deployment.changes.push_back({Change::Kind::added, title, difference({}, split(text))});
    } else if (old->second != text) {
      deployment.changes.push_back(
          {Change::Kind::changed, title, difference(split(old->second), split(text))});
    }
  }
  for (const auto& [title, text] : before) {
    if (!after.contains(title)) deployment.changes.push_back({Change::Kind::removed, title, {}});
  }
  return deployment;
}

PolicySet first_deployed(const PolicySet& drafts) {
  PolicySet deployed = drafts;
  std::erase_if(deployed.policies, [](const Policy& policy) { return !policy.deployed; });
  return deployed;
}

}  // namespace sealgate::policy
