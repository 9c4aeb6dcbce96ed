// A run's packet capture on disk, for tshark and Wireshark: decrypted without any option, because
// the TLS secrets stand in the file. It holds what the messages say: written on request only.
#pragma once

#include <string>

#include "sim/engine/run_plan.hpp"

namespace sealcheck::engine {

/// Writes OUT/captures/<scenario>.pcapng and returns its path relative to `out`; empty when it
/// cannot be written.
std::string write_capture_file(const std::string& out, const plan::Plan& plan,
                               const RunResult& result);

}  // namespace sealcheck::engine
