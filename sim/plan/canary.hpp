// Canaries: strings that occur nowhere by accident, survive every transfer encoding, and are the
// same in every run of a scenario.
#pragma once

#include <string>
#include <string_view>

namespace sealcheck::plan {

/// 20 lower-case letters, derived from what it marks.
std::string make_canary(std::string_view scenario_id, std::string_view message,
                        std::string_view part);

}  // namespace sealcheck::plan
