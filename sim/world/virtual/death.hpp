// The deaths of a machine, and the moments of its disk at which one may be made to happen.
#pragma once

#include <cstdint>

#include "sim/world/virtual/disk_faults.hpp"

namespace sealcheck::world {

enum class Death {
  kill,        ///< the program ends: its sockets close, the page cache survives
  power_loss,  ///< the machine ends: silence on the wire, the disk keeps what was synced
};

/// The n-th disk operation or commit, counted from when it is asked for.
///
/// An operation is one write, truncation, sync, creation, removal or rename: a moment before or
/// after one lies inside a commit. During a commit means: issued, and half its latency is over; the
/// device has come as far as chance has it. After it means: durable, and nobody has been told.
struct DiskMoment {
  enum class Unit { operation, commit };

  Unit unit = Unit::operation;
  Side side = Side::before;
  std::uint64_t nth = 1;
};

}  // namespace sealcheck::world
