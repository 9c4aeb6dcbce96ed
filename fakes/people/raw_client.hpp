// A client that says whatever a scenario wants, octet by octet, and reports what it gets back.
//
// Observations, the first field of each being `conversation`: 1, 2, … for each client.
//   raw.sent {step, bytes}: how many octets the step has sent
//   raw.reply {step, code, text}
//   raw.done {result, step, seen}: result: as-expected or otherwise
//   tls.established and tls.failed as with every client
// Lifetime: host and observer outlive the client, the client outlives its play() calls.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <string>

#include "fakes/core/observation.hpp"
#include "fakes/people/raw_conversation.hpp"
#include "reference/host/host.hpp"

namespace fakes {

class RawClient {
 public:
  RawClient(host::Host& host, Observer& observer, std::string name);

  /// Connects, plays the steps, closes. Never fails otherwise than by its result.
  boost::asio::awaitable<RawResult> play(host::Endpoint server, RawConversation conversation);

 private:
  host::Host& host_;
  Observer& observer_;
  std::string name_;
  std::uint64_t conversations_ = 0;
};

}  // namespace fakes
