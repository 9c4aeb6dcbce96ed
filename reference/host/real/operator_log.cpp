#include "reference/host/real/operator_log.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace host {
namespace {

const char* name_of(Severity severity) {
  switch (severity) {
    case Severity::debug:
      return "debug";
    case Severity::info:
      return "info";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "?";
}

void append_printable(std::string& line, std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) {
      line += fmt::format("\\x{:02x}", byte);
    } else {
      line += c;
    }
  }
}

// One call, so that lines of several processes do not mix.
void write_to_stderr(std::string_view line) {
  const std::string ended = std::string(line) + '\n';
  std::fwrite(ended.data(), 1, ended.size(), stderr);
}

}  // namespace

OperatorLog::OperatorLog(LogSink sink) : sink_(sink ? std::move(sink) : write_to_stderr) {}

void OperatorLog::write(WallTime now, Severity severity, std::string_view component,
                        std::string_view text) {
  std::string line = to_rfc3339(now) + " " + name_of(severity) + " ";
  append_printable(line, component);
  line += ": ";
  append_printable(line, text);
  const std::lock_guard lock(mutex_);
  sink_(line);
}

}  // namespace host
