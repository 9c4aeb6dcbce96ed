#include "reference/gateway/waiting_groups.hpp"

#include <algorithm>

namespace sealgate::gateway {

void WaitingGroups::add(Group group) {
  recipients_ += group.recipients.size();
  groups_.push_back(std::move(group));
}

std::optional<Group> WaitingGroups::remove(std::deque<Group>::iterator at) {
  if (at == groups_.end()) return std::nullopt;
  auto group = std::move(*at);
  groups_.erase(at);
  recipients_ -= group.recipients.size();
  return group;
}

std::optional<Group> WaitingGroups::start(int lanes_per_domain) {
  const auto has_room = [&](const Group& group) {
    const auto open = lanes_of_.find(group.domain);
    return open == lanes_of_.end() || open->second < lanes_per_domain;
  };
  auto group = remove(std::find_if(groups_.begin(), groups_.end(), has_room));
  if (group) {
    ++lanes_of_[group->domain];
    ++lanes_;
  }
  return group;
}

std::optional<Group> WaitingGroups::take(const std::string& domain) {
  const auto is_there = [&](const Group& group) { return group.domain == domain; };
  return remove(std::find_if(groups_.begin(), groups_.end(), is_there));
}

std::optional<Group> WaitingGroups::take_any() {
  return remove(groups_.begin());
}

void WaitingGroups::finish(const std::string& domain) {
  --lanes_;
  const auto open = lanes_of_.find(domain);
  if (--open->second == 0) lanes_of_.erase(open);
}

}  // namespace sealgate::gateway
