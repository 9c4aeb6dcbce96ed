// Takes what is due out of the queue, tries to deliver it and records what came of it. Internal to
// this folder.
//
// The due recipients of one message at one domain travel together; up to deliveries_max of such
// groups are under way at once. It sleeps until the next recipient is due or somebody wakes it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "reference/gateway/core.hpp"
#include "reference/queue/entry.hpp"

namespace sealgate::gateway {

inline constexpr int deliveries_max = 20;

struct Group {
  queue::MessageId message{};
  std::string domain;  ///< lower case
  std::vector<int> recipients;

  friend bool operator==(const Group&, const Group&) = default;
};

/// In the order in which the first of each group stands in `due`.
std::vector<Group> group_by_destination(const std::vector<queue::DueRecipient>& due);

/// On the queue executor, until stop().
boost::asio::awaitable<void> run_deliveries(CorePtr core);

}  // namespace sealgate::gateway
