// Lays the paths of a plan between the machines of a world.
#pragma once

#include "sim/plan/path.hpp"
#include "sim/world/virtual/world.hpp"

namespace sealcheck::engine {

/// Both directions behave so from now on. Both hosts must exist; throws std::runtime_error
/// otherwise.
void lay_path(world::World& world, const plan::Path& path);

}  // namespace sealcheck::engine
