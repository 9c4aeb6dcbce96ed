// Which servers of a list have failed of late. One that fails rests, a minute at first and twice as
// long after each failure, half an hour at most; while it rests it is asked after the others, and
// then in its own place again: the next message finds out whether it is back.
//
// In memory alone: after a restart everybody counts as well. Thread-safe.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "reference/host/time.hpp"
#include "reference/routing/route_table.hpp"

namespace sealgate::encryption {

class ServerHealth {
 public:
  static constexpr host::Duration first_rest = std::chrono::minutes(1);
  static constexpr host::Duration rest_max = std::chrono::minutes(30);

  void worked(const std::string& host, std::uint16_t port);
  void failed(const std::string& host, std::uint16_t port, host::MonoTime now);

  /// Those that rest behind the others, who comes back first ahead; the preferences say so.
  std::vector<routing::Server> in_order(std::vector<routing::Server> servers,
                                        host::MonoTime now) const;

 private:
  struct Rest {
    host::Duration length{};
    host::MonoTime until{};
  };

  mutable std::mutex mutex_;
  std::map<std::string, Rest> resting_;  ///< no more than there ever were servers
};

}  // namespace sealgate::encryption
