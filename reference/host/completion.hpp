// A move-only, type-erased completion handler, so that an asynchronous operation can be virtual.
//
// It keeps the handler's executor busy (outstanding work) until it is invoked or destroyed.
// Invoking it posts: a completion never runs inside the call that caused it. Dropping it without a
// call destroys the waiting coroutine, which is how a dead host's work vanishes.
// (asio::any_completion_handler arrives with Boost 1.82; this is the part of it that we need.)
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <memory>
#include <utility>

namespace host {

template <class... Args>
class Completion {
 public:
  Completion() = default;

  template <class Handler>
  Completion(const boost::asio::any_io_executor& fallback, Handler handler)
      : target_(std::make_unique<Target<Handler>>(fallback, std::move(handler))) {}

  explicit operator bool() const { return target_ != nullptr; }

  /// Posts the handler with `args`; the completion is empty afterwards.
  void operator()(Args... args) {
    auto target = std::move(target_);
    target->post(std::move(args)...);
  }

 private:
  struct Base {
    virtual ~Base() = default;
    virtual void post(Args... args) = 0;
  };

  template <class Handler>
  struct Target final : Base {
    using Executor = boost::asio::associated_executor_t<Handler, boost::asio::any_io_executor>;

    Target(const boost::asio::any_io_executor& fallback, Handler&& h)
        : handler(std::move(h)), work(boost::asio::get_associated_executor(handler, fallback)) {}

    void post(Args... args) override {
      auto executor = work.get_executor();
      boost::asio::post(executor,
                        [handler = std::move(handler), ... args = std::move(args)]() mutable {
                          handler(std::move(args)...);
                        });
    }

    Handler handler;
    boost::asio::executor_work_guard<Executor> work;
  };

  std::unique_ptr<Base> target_;
};

}  // namespace host
