// Wrong decisions about who may send and who is told, for the broken gateways of
// broken_gateways.hpp, which names them.
#pragma once

#include "reference/gateway/decisions.hpp"

namespace sealcheck::adapters {

/// Takes outbound mail from anybody.
const sealgate::gateway::Decisions& open_relay();
/// Nobody learns that mail could not be delivered.
const sealgate::gateway::Decisions& tells_nobody();
/// A report returns all of what had to be sealed, and goes by route.
const sealgate::gateway::Decisions& returns_sealed_mail_in_clear();
/// An NDR that cannot be delivered is answered with an NDR.
const sealgate::gateway::Decisions& answers_reports_with_reports();

}  // namespace sealcheck::adapters
