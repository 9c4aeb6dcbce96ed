// A person's mail client, or somebody's mail server, that submits one message at a time.
//
// Each step of the dialogue has five minutes. Lifetime: host and observer outlive the sender, the
// sender outlives its send() calls; several may run at once.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <string>

#include "fakes/core/observation.hpp"
#include "fakes/people/submission.hpp"
#include "reference/host/host.hpp"

namespace fakes {

class Sender {
 public:
  Sender(host::Host& host, Observer& observer, std::string name);

  /// Never fails otherwise than by its result. `submission` is moved into the operation.
  boost::asio::awaitable<SendResult> send(host::Endpoint server, Submission submission);

 private:
  host::Host& host_;
  Observer& observer_;
  std::string name_;
  std::uint64_t submissions_ = 0;
};

}  // namespace fakes
