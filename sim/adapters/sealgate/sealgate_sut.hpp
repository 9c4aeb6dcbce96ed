// sealgate as a system under test, in the simulated world, and its deliberately broken siblings.
//
// A broken gateway is sealgate with one thing made wrong (broken_gateways.hpp): the lab proves with
// them that it notices.
#pragma once

#include <memory>
#include <string_view>

#include "sim/engine/sut.hpp"

namespace sealcheck::adapters {

/// "sealgate" or the name of a broken gateway; null for any other name.
std::unique_ptr<engine::Sut> make_sealgate(std::string_view name, host::Host& machine);

}  // namespace sealcheck::adapters
