#include "sim/engine/capture_file.hpp"

#include <filesystem>
#include <fstream>

#include "sim/engine/trace_file.hpp"
#include "sim/world/virtual/packet_capture.hpp"

namespace sealcheck::engine {

std::string write_capture_file(const std::string& out, const plan::Plan& plan,
                               const RunResult& result) {
  const std::filesystem::path relative =
      std::filesystem::path("captures") / (file_name_for(plan.id) + ".pcapng");
  std::error_code ignored;
  std::filesystem::create_directories(std::filesystem::path(out) / "captures", ignored);
  std::ofstream file(std::filesystem::path(out) / relative, std::ios::binary);
  file << world::to_pcapng(result.trace->events(), result.tls_secrets, result.wall_epoch_ns);
  return file.flush() ? relative.string() : std::string();
}

}  // namespace sealcheck::engine
