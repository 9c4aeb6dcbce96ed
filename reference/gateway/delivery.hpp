// Takes what is due out of the queue, tries to deliver it and records what came of it. Internal to
// this folder.
//
// The due recipients of one message at one domain travel together, recipients_max at most. Up to
// lanes_max of such groups are under way at once, as many to one domain as the settings allow; what
// waits for the domain goes over the same connection one after the other, up to the settings'
// number. It sleeps until the next recipient is due or somebody wakes it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "reference/gateway/core.hpp"
#include "reference/queue/entry.hpp"

namespace sealgate::gateway {

inline constexpr int lanes_max = 20;
inline constexpr std::size_t recipients_max = 100;  ///< RFC 5321 section 4.5.3.1.8: all take 100

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
