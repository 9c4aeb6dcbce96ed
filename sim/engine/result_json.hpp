// A run's result as the JSON object that the driver and the reports read (schema
// sealcheck-results/1).
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "sim/engine/run_plan.hpp"

namespace sealcheck::engine {

struct RunFiles {
  std::string trace;    ///< relative to the output folder
  std::string capture;  ///< empty: none was asked for
};

boost::json::object to_json(const plan::Plan& plan, const RunResult& result, double wall_s,
                            const RunFiles& files);

}  // namespace sealcheck::engine
