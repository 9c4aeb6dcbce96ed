// One attempt to deliver a message to its recipients at one domain. Internal to this folder.
//
// The route, or the domain's MX records, name the mail hosts; each address of each host is tried in
// order. What happens where TLS fails is Decisions' word: the next host (mandatory), or one
// transfer in plain text on a new connection to the same address (opportunistic, RUL-19).
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "reference/gateway/attempt_tally.hpp"
#include "reference/gateway/core.hpp"
#include "reference/queue/message.hpp"

namespace sealgate::gateway {

struct AttemptRequest {
  std::shared_ptr<const queue::StoredMessage> message;
  std::vector<int> recipients;  ///< of one domain, so that they share route and plan
  std::string domain;
};

/// On the session executor.
boost::asio::awaitable<Verdicts> attempt_delivery(CorePtr core, ConfigurationPtr configuration,
                                                  AttemptRequest request);

}  // namespace sealgate::gateway
