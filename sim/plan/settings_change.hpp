// What `admin changes gateway` and `admin removes … from gateway` make of a settings text: in the
// plan of what the scenario says, in a gateway's adapter of what is in force there.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference/syntax/tree.hpp"

namespace sealcheck::plan {

/// Each change takes the place of what is of its kind (and name), and stands at the end where there
/// is none. `delivery { retry-interval 5m }` changes one of the block's values; whatever has a name
/// is replaced as a whole.
std::vector<syntax::Statement> merged(std::vector<syntax::Statement> old,
                                      const std::vector<syntax::Statement>& changes);

/// None: there is no such thing.
std::optional<std::vector<syntax::Statement>> without(std::vector<syntax::Statement> old,
                                                      std::string_view kind, std::string_view name);

/// The same two in texts that are known to be correct.
std::string merged(const std::string& old, const std::string& changes);
std::optional<std::string> without(const std::string& old, std::string_view kind,
                                   std::string_view name);

}  // namespace sealcheck::plan
