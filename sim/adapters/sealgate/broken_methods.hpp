// Decisions that are wrong about host, method or moment, for broken_gateways.hpp. Unlike those of
// the reference they remember: each run is a process of its own, so none sees another's.
#pragma once

#include "reference/gateway/decisions.hpp"

namespace sealcheck::adapters {

const sealgate::gateway::Decisions& keeps_the_first_schedule();
const sealgate::gateway::Decisions& seals_with_nothing();
const sealgate::gateway::Decisions& tries_tls_once();

}  // namespace sealcheck::adapters
