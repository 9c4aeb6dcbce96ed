// From what a plan says of a mail exchanger to what its fake is told.
#pragma once

#include "fakes/mx/mx_config.hpp"
#include "sim/plan/cast.hpp"

namespace sealcheck::engine {

/// `ca` issues what the phase wants issued.
fakes::MxConfig config_of(const plan::Mx& mx, const plan::MxPhase& phase,
                          std::shared_ptr<fakes::LabCa> ca);

}  // namespace sealcheck::engine
