// Routes and policies of a settings text. Internal to this folder.
#pragma once

#include <vector>

#include "reference/policy/policy.hpp"
#include "reference/routing/route_table.hpp"
#include "reference/syntax/diagnostic.hpp"
#include "reference/syntax/node.hpp"

namespace sealgate::settings {

/// Leaves out what contradicts, with a diagnostic: a name or a domain that is taken, a server
/// beyond the 16th, a port or a preference out of range.
routing::RouteTable read_routes(const std::vector<const syntax::Node*>& routes,
                                syntax::Diagnostics& diagnostics);

/// A name that is taken and a policy without conditions are errors.
std::vector<policy::Policy> read_policies(const std::vector<const syntax::Node*>& policies,
                                          syntax::Diagnostics& diagnostics);

}  // namespace sealgate::settings
