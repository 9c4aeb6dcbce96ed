#include "reference/encryption/server_health.hpp"

#include <algorithm>

namespace sealgate::encryption {
namespace {

constexpr std::uint16_t preference_step = 10;

std::string key_of(const std::string& host, std::uint16_t port) {
  return host + ":" + std::to_string(port);
}

}  // namespace

void ServerHealth::worked(const std::string& host, std::uint16_t port) {
  const std::lock_guard lock(mutex_);
  resting_.erase(key_of(host, port));
}

void ServerHealth::failed(const std::string& host, std::uint16_t port, host::MonoTime now) {
  const std::lock_guard lock(mutex_);
  Rest& rest = resting_[key_of(host, port)];
  rest.length = std::clamp<host::Duration>(2 * rest.length, first_rest, rest_max);
  rest.until = now + rest.length;
}

std::vector<routing::Server> ServerHealth::in_order(std::vector<routing::Server> servers,
                                                    host::MonoTime now) const {
  const std::lock_guard lock(mutex_);
  const auto back_at = [&](const routing::Server& server) {
    const auto found = resting_.find(key_of(server.host, server.port));
    const bool rests = found != resting_.end() && found->second.until > now;
    return rests ? found->second.until : host::MonoTime::min();
  };
  std::stable_sort(servers.begin(), servers.end(), [&](const auto& one, const auto& other) {
    return back_at(one) < back_at(other);
  });
  std::uint16_t preference = 0;
  for (auto& server : servers) server.preference = preference += preference_step;
  return servers;
}

}  // namespace sealgate::encryption
