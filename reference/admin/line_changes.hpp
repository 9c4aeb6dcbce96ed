// Which lines went and which came between two texts, for people who read a log of changes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sealgate::admin {

/// "- " and "+ " lines in the order of the texts, what stayed left out; white space at the ends of
/// lines and empty lines do not count. Quadratic in the lines that differ, after the common start
/// and end.
std::vector<std::string> line_changes(std::string_view before, std::string_view after);

}  // namespace sealgate::admin
