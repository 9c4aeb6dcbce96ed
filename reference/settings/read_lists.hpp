// The parts of a settings text that have a file of their own. Internal to this folder.
#pragma once

#include <vector>

#include "reference/routing/route_table.hpp"
#include "reference/settings/settings.hpp"
#include "reference/syntax/diagnostic.hpp"
#include "reference/syntax/node.hpp"

namespace sealgate::settings {

/// Leaves out what contradicts, with a diagnostic: a name or a domain that is taken, a server
/// beyond the 16th, a port or a preference out of range.
routing::RouteTable read_routes(const std::vector<const syntax::Node*>& routes,
                                syntax::Diagnostics& diagnostics);

/// A maximum version below the minimum and a level that nobody can pass are errors.
void read_tls(const syntax::Node& tls, Tls& into, syntax::Diagnostics& diagnostics);

/// The default group comes first, said or not. A name that is taken is an error.
std::vector<IpGroup> read_ip_groups(const std::vector<const syntax::Node*>& nodes,
                                    syntax::Diagnostics& diagnostics);

/// What is missing, malformed or said twice is an error, and so is an IP group that is not there.
ThirdParty read_third_party(const syntax::Node& node, const std::vector<IpGroup>& groups,
                            syntax::Diagnostics& diagnostics);

/// Third-party is selected and there is no block that sets it up: an error.
void check_third_party(const syntax::Node& encryption, const Settings& settings,
                       syntax::Diagnostics& diagnostics);

/// The product's version. Below 7.6 no method and no policy encrypts (GEN-03): an error where one
/// is to.
void read_version(const syntax::Node& version, const Settings& settings,
                  syntax::Diagnostics& diagnostics);

/// Of a block that says `server` of hosts or endpoints.
std::vector<routing::Server> read_servers(const syntax::Node& node,
                                          syntax::Diagnostics& diagnostics);

/// What is missing or malformed is an error, and so is an IP group that is not there. `has_list`:
/// of encryption servers, so that none needs to be named.
Decryption read_decryption(const syntax::Node& node, const std::vector<IpGroup>& groups,
                           bool has_list, syntax::Diagnostics& diagnostics);

void read_hybrid(const syntax::Node& hybrid, Hybrid& into, syntax::Diagnostics& diagnostics);

/// What is said about the other method where everything is read: a warning about TLS beside the
/// hybrid service (HYB-08), an error about a policy that encrypts other mail than outbound
/// (HYB-24).
void check_hybrid(const syntax::Node& encryption, const Settings& settings,
                  syntax::Diagnostics& diagnostics);

}  // namespace sealgate::settings
