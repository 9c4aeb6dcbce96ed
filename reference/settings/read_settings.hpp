// From checked statements, or from the text of sealgate.conf, to Settings.
//
// The settings are judged as a whole: each contradiction is a diagnostic at its place, and what was
// read in spite of errors must not be used.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reference/settings/settings.hpp"
#include "reference/syntax/diagnostic.hpp"
#include "reference/syntax/node.hpp"

namespace sealgate::settings {

/// `nodes` are statements of the section "gateway". What they do not say stays as `defaults` has
/// it; a statement that gives a list (`listen`, `route`, …) takes the place of the default list.
Settings read_settings(const std::vector<syntax::Node>& nodes, syntax::Diagnostics& diagnostics,
                       Settings defaults = {});

/// Reads a whole sealgate.conf. None when there are errors, a missing host name, protected domain
/// or name server among them. `name` is what the diagnostics call the file.
std::optional<Settings> parse_settings(std::string name, std::string text,
                                       syntax::Diagnostics& diagnostics);

}  // namespace sealgate::settings
