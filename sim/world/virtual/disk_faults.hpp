// What goes wrong with a disk beside a power loss: it is full, or it refuses. Data only; Disk obeys
// it.
//
// A failed sync is final for the pages it was to cover (as on Linux): the program still reads them,
// but no later sync makes them durable, and a power loss keeps, drops or tears them by chance.
#pragma once

#include <cstdint>
#include <optional>

namespace sealcheck::world {

enum class DiskStatus {
  ok,
  no_space,
  io_error,  ///< also every operation of a machine that is dead
};

/// Before or after a thing happens; during: while the device is at it, for what takes time.
enum class Side { before, during, after };

struct DiskFaults {
  static constexpr std::uint64_t each = 0;  ///< in place of the number of the one that fails

  /// How much the files may grow from the moment at which this is set.
  std::optional<std::uint64_t> full_after_bytes;
  /// The n-th of each kind from then on fails; those after it work again.
  std::optional<std::uint64_t> sync_fails_at;
  std::optional<std::uint64_t> write_fails_at;
};

}  // namespace sealcheck::world
