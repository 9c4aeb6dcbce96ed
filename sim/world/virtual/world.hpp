// A simulated world: clock, network, machines, randomness, all from one seed.
//
// While a World exists, OpenSSL draws from its entropy, SQLite lives on its disks, and the C
// library's clocks show its time. One world at a time per process.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sim/trace/trace.hpp"
#include "sim/world/virtual/clock_switch.hpp"
#include "sim/world/virtual/network.hpp"
#include "sim/world/virtual/random.hpp"
#include "sim/world/virtual/scheduler.hpp"
#include "sim/world/virtual/seeded_entropy.hpp"
#include "sim/world/virtual/virtual_host.hpp"

namespace sealcheck::world {

/// Why run() came back.
enum class Stop {
  satisfied,  ///< the condition holds
  limit,      ///< the time limit is reached; the clock stands there
  quiescent,  ///< nothing pending but retry and expiry timers
};

class World final : private clock_switch::VirtualClock {
 public:
  World(std::uint64_t seed, trace::Trace& trace);
  ~World() override;
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  /// The host lives as long as the world. Requires: name and addresses are new here.
  VirtualHost& add_host(std::string name, std::vector<host::Address> addresses);
  VirtualHost* find_host(std::string_view name) const;

  /// Lets things happen until `satisfied` (asked after each instant; may be empty), until the clock
  /// would pass `limit_ns`, or, with `until_quiescent`, until the world comes to rest.
  Stop run(std::int64_t limit_ns, bool until_quiescent,
           const std::function<bool()>& satisfied = {});

  /// All machines die and everything that waits is destroyed unrun; nothing happens any more. To be
  /// called before what the programs own (gateways, fakes) is destroyed; the destructor calls it
  /// too.
  void end();

  Scheduler& scheduler() { return scheduler_; }
  Network& network() { return network_; }
  SeededEntropy& entropy() { return entropy_; }
  trace::Trace& trace() { return trace_; }
  std::uint64_t seed() const { return seed_; }
  /// UTC at the world's time 0: 2026-03-02 09:00, a Monday.
  host::WallTime wall_epoch() const;

  /// From now on, for a packet capture that can be read. Nothing else depends on it.
  void keep_tls_secrets() { keeps_tls_secrets_ = true; }
  bool keeps_tls_secrets() const { return keeps_tls_secrets_; }
  void keep_tls_secret(std::string_view key_log_line);
  const std::string& tls_secrets() const { return tls_secrets_; }

 private:
  std::int64_t wall_ns() const override;
  std::int64_t mono_ns() const override;

  std::uint64_t seed_;
  trace::Trace& trace_;
  Scheduler scheduler_;
  SeededEntropy entropy_;
  Network network_;
  bool keeps_tls_secrets_ = false;
  std::string tls_secrets_;
  std::vector<std::unique_ptr<VirtualHost>> hosts_;
};

}  // namespace sealcheck::world
