#include "sim/engine/trace_file.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

namespace sealcheck::engine {

std::string file_name_for(const std::string& id) {
  std::string name;
  for (const char c : id)
    name += std::isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '-' ? c : '_';
  return name;
}

std::string write_trace_file(const std::string& out, const plan::Plan& plan, std::uint64_t seed,
                             const trace::Trace& trace) {
  const std::filesystem::path relative =
      std::filesystem::path("traces") / (file_name_for(plan.id) + ".trace");
  std::error_code ignored;
  std::filesystem::create_directories(std::filesystem::path(out) / "traces", ignored);
  std::ofstream file(std::filesystem::path(out) / relative, std::ios::binary);
  file << fmt::format("# sealcheck-trace/1 world=sim sut={} scenario={} seed={}\n", plan.sut,
                      plan.id, seed);
  for (const trace::Event& event : trace.events()) file << canonical_text(event) << '\n';
  file << "# hash " << trace.hash() << '\n';
  return file.flush() ? relative.string() : std::string();
}

}  // namespace sealcheck::engine
