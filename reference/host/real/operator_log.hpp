// The operator's log: one line per event, "2026-11-23T17:07:38.123456789Z error inbound: text".
//
// Safe from any thread; the sink is called by one thread at a time and must not log itself. Control
// characters in the text, which may stem from a peer, are written as \xNN: a line stays one line.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "reference/host/host.hpp"

namespace host {

/// Takes one line, without a line end.
using LogSink = std::function<void(std::string_view line)>;

class OperatorLog {
 public:
  /// An empty sink writes to standard error.
  explicit OperatorLog(LogSink sink);

  void write(WallTime now, Severity severity, std::string_view component, std::string_view text);

 private:
  std::mutex mutex_;
  LogSink sink_;
};

}  // namespace host
