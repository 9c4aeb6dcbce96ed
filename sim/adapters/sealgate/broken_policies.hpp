// Gateways whose content policies are wrong in one point. See broken_gateways.hpp.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "reference/gateway/decisions.hpp"
#include "reference/settings/settings.hpp"

namespace sealcheck::adapters {

struct BrokenPolicy {
  std::string_view name;
  const sealgate::gateway::Decisions* decisions = nullptr;
  void (*misread)(sealgate::settings::Settings& settings) = nullptr;
};

/// They decide something else.
const std::vector<BrokenPolicy>& broken_policies();
/// They leave something out of the rules as they were read.
const std::vector<BrokenPolicy>& broken_rules();

}  // namespace sealcheck::adapters
