// One attempt to deliver a message to its recipients at one domain. Internal to this folder.
//
// The route, or the domain's MX records, name the mail hosts; each address of each host is tried in
// order. What happens where TLS fails is Decisions' word: the next host (mandatory), or one
// transfer in plain text on a new connection to the same address (opportunistic, RUL-19).
//
// A connection that the attempt before left open is used again where it fits: to a host that may be
// first now, under the same settings, with the same demand on TLS.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
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
  /// Records what became of a recipient that is carried alone, before the next one is: on the queue
  /// executor. What it was given is not among the verdicts any more.
  std::function<boost::asio::awaitable<void>(Verdicts)> settle;
};

using KeptConnection = std::unique_ptr<ClientConnection>;  ///< null: there is none

/// On the session executor that `kept` was made on. Uses up `kept`, or leaves one in it.
boost::asio::awaitable<Verdicts> attempt_delivery(CorePtr core, ConfigurationPtr configuration,
                                                  AttemptRequest request, KeptConnection& kept);

/// Says QUIT and closes, without anybody waiting for it. `executor` is the connection's own.
void retire(const CorePtr& core, const boost::asio::any_io_executor& executor,
            KeptConnection connection);

}  // namespace sealgate::gateway
