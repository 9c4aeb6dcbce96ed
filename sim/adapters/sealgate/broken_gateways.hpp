// Gateways that make one decision wrong, by name. Each exists for a selftest that must catch it.
#pragma once

#include <string_view>

#include "reference/gateway/decisions.hpp"

namespace sealcheck::adapters {

/// The reference's own decisions for "sealgate", a broken set for the other names; null: no such
/// gateway.
const sealgate::gateway::Decisions* decisions_named(std::string_view name);

}  // namespace sealcheck::adapters
