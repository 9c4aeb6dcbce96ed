// OpenSSL's randomness from the world's seed, keyed by the machine whose code is running and by its
// incarnation: what one machine draws moves nothing at another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/world/virtual/scheduler.hpp"

namespace sealcheck::world {

class SeededEntropy {
 public:
  SeededEntropy(Scheduler& scheduler, std::uint64_t seed) : scheduler_(scheduler), seed_(seed) {}

  /// Fills from `node`'s stream.
  void fill(Node& node, std::span<std::byte> bytes);
  /// Fills from the stream of the machine that is running, or the lab's own.
  void fill_current(std::span<std::byte> bytes);

 private:
  Scheduler& scheduler_;
  std::uint64_t seed_;
  Node lab_;
};

/// Makes OpenSSL draw from `entropy` until it is called with null. To be called before the first
/// draw of the process: OpenSSL keeps what it seeded earlier.
void use_entropy_for_openssl(SeededEntropy* entropy);

}  // namespace sealcheck::world
