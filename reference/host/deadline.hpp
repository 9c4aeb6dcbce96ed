// Puts a deadline on one pending operation: a timer that cancels it, and a note that it did.
//
// A coroutine keeps a Deadline on its frame, starts the operation, and afterwards asks result() for
// the error to report. The note is shared with the timer's handler, which may outlive the frame.
#pragma once

#include <functional>
#include <memory>

#include "reference/host/host.hpp"

namespace host {

class Deadline {
 public:
  /// `cancel` is called at most once, at `due`, and never after this object is destroyed.
  Deadline(Host& host, boost::asio::any_io_executor executor, MonoTime due,
           std::function<void()> cancel);
  ~Deadline();
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

  bool passed() const { return state_->passed; }
  /// `error` of the operation, or Error::timed_out when it is this deadline that cancelled it.
  ErrorCode result(ErrorCode error) const;

 private:
  struct State {
    bool armed = true;
    bool passed = false;
    std::function<void()> cancel;
  };
  std::shared_ptr<State> state_;
  std::unique_ptr<Timer> timer_;
};

}  // namespace host
