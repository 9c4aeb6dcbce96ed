#include "reference/host/real/real_timer.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/steady_timer.hpp>

#include "reference/host/real/clocks.hpp"

namespace host {
namespace {

namespace asio = boost::asio;

class RealTimer final : public Timer {
 public:
  explicit RealTimer(const asio::any_io_executor& executor) : timer_(executor) {}
  ~RealTimer() override { const auto dropped = take(); }

  asio::any_io_executor executor() override { return timer_.get_executor(); }

  void start_wait(MonoTime due, WaitCompletion done) override {
    cancel();
    const auto wait = std::make_shared<Wait>(Wait{std::move(done)});
    wait_ = wait;
    timer_.expires_at(to_steady(due));
    // Its time may have come already when it is cancelled, so the error does not tell.
    timer_.async_wait([wait](ErrorCode) {
      auto finished = std::exchange(wait->done, {});
      if (finished) finished({});
    });
  }

  void cancel() override {
    auto aborted = take();
    timer_.cancel();
    if (aborted) aborted(asio::error::operation_aborted);
  }

 private:
  // The handler owns the wait, and with it the coroutine that waits and may own this timer.
  struct Wait {
    WaitCompletion done;
  };

  WaitCompletion take() {
    const auto wait = wait_.lock();
    return wait ? std::exchange(wait->done, {}) : WaitCompletion();
  }

  asio::steady_timer timer_;
  std::weak_ptr<Wait> wait_;
};

}  // namespace

std::unique_ptr<Timer> make_real_timer(asio::any_io_executor executor) {
  return std::make_unique<RealTimer>(executor);
}

}  // namespace host
