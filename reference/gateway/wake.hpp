// Lets one coroutine wait for a time or for a word from another, whichever comes first. Both sides
// on the host's queue executor. A notify() while nobody waits ends the next wait at once. Internal
// to this folder.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>

#include "reference/host/host.hpp"

namespace sealgate::gateway {

class Wake {
 public:
  Wake(host::Host& host, host::TimerKind kind);

  boost::asio::awaitable<void> wait_until(host::MonoTime due);
  void notify();

 private:
  std::unique_ptr<host::Timer> timer_;
  bool notified_ = false;
};

}  // namespace sealgate::gateway
