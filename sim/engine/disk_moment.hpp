// A moment of the gateway's disk, from the plan's words to the world's.
#pragma once

#include "sim/plan/plan.hpp"
#include "sim/world/virtual/death.hpp"

namespace sealcheck::engine {

inline world::DiskMoment to_world(const plan::DiskMoment& moment) {
  using From = plan::DiskMoment::Side;
  using Unit = world::DiskMoment::Unit;
  const world::Side side = moment.side == From::after    ? world::Side::after
                           : moment.side == From::during ? world::Side::during
                                                         : world::Side::before;
  return {moment.commit ? Unit::commit : Unit::operation, side, moment.nth};
}

}  // namespace sealcheck::engine
