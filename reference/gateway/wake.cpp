#include "reference/gateway/wake.hpp"

#include "reference/host/io.hpp"

namespace sealgate::gateway {

Wake::Wake(host::Host& host, host::TimerKind kind)
    : timer_(host.make_timer(kind, host.queue_executor())) {}

boost::asio::awaitable<void> Wake::wait_until(host::MonoTime due) {
  if (!notified_) co_await host::wait_until(*timer_, due);
  notified_ = false;
}

void Wake::notify() {
  notified_ = true;
  timer_->cancel();
}

}  // namespace sealgate::gateway
