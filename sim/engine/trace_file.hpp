// A run's trace on disk: canonical text, one event a line, under a header that names schema, world,
// gateway, scenario and seed.
#pragma once

#include <cstdint>
#include <string>

#include "sim/plan/plan.hpp"
#include "sim/trace/trace.hpp"

namespace sealcheck::engine {

/// A file name for a scenario: "scenarios/tls/x.scn#2" is "scenarios_tls_x.scn_2".
std::string file_name_for(const std::string& id);

/// Writes OUT/traces/<scenario>.trace and returns its path relative to `out`; empty when it cannot
/// be written.
std::string write_trace_file(const std::string& out, const plan::Plan& plan, std::uint64_t seed,
                             const trace::Trace& trace);

}  // namespace sealcheck::engine
