// Whose turn it is among a route's servers of equal preference: each attempt begins with the next.
// The first turn is drawn from the host's entropy, so that two gateways do not march in step. Kept
// by the configuration; thread-safe.
#pragma once

#include <array>
#include <map>
#include <mutex>
#include <string>

#include "reference/host/host.hpp"

namespace sealgate::routing {

class Turns {
 public:
  explicit Turns(host::Host& host) {
    std::array<std::byte, 1> random{};
    host.fill_random(random);
    first_ = std::to_integer<unsigned>(random[0]);
  }

  unsigned next(const std::string& route) {
    const std::lock_guard lock(mutex_);
    return turns_.try_emplace(route, first_).first->second++;
  }

 private:
  unsigned first_ = 0;
  std::mutex mutex_;
  std::map<std::string, unsigned> turns_;  ///< no more than there are routes
};

}  // namespace sealgate::routing
