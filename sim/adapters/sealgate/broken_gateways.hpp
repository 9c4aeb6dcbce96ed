// Gateways that are wrong in one point, by name. Each exists for a selftest that must catch it.
//
// There are four places to be wrong in: a decision, the machine, the settings as they were read, an
// operation of the administrator.
// A name says what the gateway does; docs and selftests use it as it stands here.
#pragma once

#include <boost/json/object.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "reference/gateway/decisions.hpp"
#include "reference/host/host.hpp"

namespace sealcheck::adapters {

struct Build {
  const sealgate::gateway::Decisions* decisions = &sealgate::gateway::reference_decisions();
  /// Null: the gateway gets the machine as it is.
  std::unique_ptr<host::Host> (*wrap)(host::Host& machine) = nullptr;
  /// Null: the settings are what was written.
  void (*misread)(sealgate::settings::Settings& settings) = nullptr;
  bool has_no_console = false;  ///< does not know what administrators do with single messages
  /// Policies are changed by whoever wants to, owner or not.
  bool lets_anybody_edit = false;
  /// "No" to the question whether to deploy is taken for "yes".
  bool deploys_whatever_is_answered = false;
  /// A change that needs a warning is just done.
  bool warns_of_nothing = false;
  /// Null: an operation (sim/engine/sut.hpp) is the one that was asked for.
  void (*misperform)(std::string& operation, boost::json::object& arguments) = nullptr;
};

/// The reference's own build for "sealgate", a broken one for the other names; nothing: no such
/// gateway.
std::optional<Build> build_named(std::string_view name);

}  // namespace sealcheck::adapters
