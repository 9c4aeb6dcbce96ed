// What is due and waits for a lane, and how many lanes each domain has. On the queue executor.
// Internal to this folder.
//
// A lane is one connection's worth of deliveries to one domain. Groups wait in the order in which
// they were due; one whose domain has all its lanes lets the others pass.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>

#include "reference/gateway/delivery.hpp"

namespace sealgate::gateway {

class WaitingGroups {
 public:
  void add(Group group);

  /// Opens a lane for the first group whose domain has fewer than `lanes_per_domain`.
  std::optional<Group> start(int lanes_per_domain);
  /// The next for a lane that is open.
  std::optional<Group> take(const std::string& domain);
  std::optional<Group> take_any();
  /// Closes a lane.
  void finish(const std::string& domain);

  int lanes() const { return lanes_; }
  std::size_t recipients() const { return recipients_; }  ///< of the groups that wait

 private:
  std::optional<Group> remove(std::deque<Group>::iterator at);

  std::deque<Group> groups_;
  std::size_t recipients_ = 0;
  std::map<std::string, int> lanes_of_;
  int lanes_ = 0;
};

}  // namespace sealgate::gateway
