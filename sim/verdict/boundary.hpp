// Where a message's sealing boundary runs: the one place that knows which wires lie beyond it.
//
// Pure; decided on host names alone. On the wire Boundary::cloud runs where the gateway's does:
// what the two say to each other is in clear inside TLS alone. Beyond the service nothing is in
// clear inside TLS either: what a mail exchanger receives is looked through too.
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

/// Whether the addresses of its envelope may show between the two: they are what a message that is
/// sealed beyond the service travels by, in plain SMTP where nobody offers TLS.
bool addresses_may_show(const plan::Plan& plan, const plan::Message& message,
                        std::string_view sender, std::string_view receiver);

}  // namespace sealcheck::verdict
