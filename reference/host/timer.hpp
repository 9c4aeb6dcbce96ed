// A one-shot timer on a host's monotonic clock.
//
// TimerKind tells a simulated world what kind of waiting this is: a world is quiescent when nothing
// but schedule timers is pending. A time-out that guards an operation in progress is never one.
#pragma once

#include <boost/asio/any_io_executor.hpp>

#include "reference/host/completion.hpp"
#include "reference/host/result.hpp"
#include "reference/host/time.hpp"

namespace host {

enum class TimerKind {
  activity,  ///< guards or paces work in progress: time-outs, delays
  schedule,  ///< waits for something that is due later: retry, expiry, cache lifetimes
};

class Timer {
 public:
  using WaitCompletion = Completion<ErrorCode>;

  virtual ~Timer() = default;
  virtual boost::asio::any_io_executor executor() = 0;
  /// Replaces a pending wait, which completes with operation_aborted. A time in the past is due
  /// now.
  virtual void start_wait(MonoTime due, WaitCompletion done) = 0;
  /// A pending wait completes with operation_aborted.
  virtual void cancel() = 0;
};

}  // namespace host
