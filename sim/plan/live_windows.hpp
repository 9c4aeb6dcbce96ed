// What a plan asks of a live world's clock (rule 15): durations are divided by a declared scale,
// and a window that is then smaller than 20 times the measured lag cannot be told from noise.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/plan/plan.hpp"

namespace sealcheck::plan {

/// One text for each window that is too small, at its place: "x.scn:12:5: error: …". `scale` is at
/// least 1.
std::vector<std::string> complain_about_windows(const Plan& plan, std::int64_t scale,
                                                std::int64_t lag_ns);

}  // namespace sealcheck::plan
