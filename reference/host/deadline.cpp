#include "reference/host/deadline.hpp"

namespace host {

Deadline::Deadline(Host& host, boost::asio::any_io_executor executor, MonoTime due,
                   std::function<void()> cancel)
    : state_(std::make_shared<State>()), timer_(host.make_timer(TimerKind::activity, executor)) {
  state_->cancel = std::move(cancel);
  timer_->start_wait(due, Timer::WaitCompletion(executor, [state = state_](ErrorCode error) {
                       if (error || !state->armed) return;
                       state->armed = false;
                       state->passed = true;
                       state->cancel();
                     }));
}

Deadline::~Deadline() {
  state_->armed = false;
  state_->cancel = nullptr;
  timer_->cancel();
}

ErrorCode Deadline::result(ErrorCode error) const {
  return error && state_->passed ? make_error_code(Error::timed_out) : error;
}

}  // namespace host
