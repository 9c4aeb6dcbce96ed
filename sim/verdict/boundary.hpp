// Where a message's sealing boundary runs: the one place that knows which wires lie beyond it.
//
// Pure; decided on host names alone. Boundary::cloud is held to the gateway's boundary, which is
// the stricter one.
#pragma once

#include <string_view>

#include "sim/plan/plan.hpp"

namespace sealcheck::verdict {

/// Whether bytes from one host to the other are out of bounds for the message's clear text.
/// Inside are: what its own origin and the gateway say to each other, whatever any origin says to
/// the gateway, and what the gateway says to itself; for Boundary::encryption_group too what the
/// gateway and an encryption server say to each other, by either of its addresses. A message with
/// no boundary has no beyond.
bool is_beyond(const plan::Plan& plan, const plan::Message& message, std::string_view sender,
               std::string_view receiver);

}  // namespace sealcheck::verdict
