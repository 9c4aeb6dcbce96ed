// An Asio executor that runs a simulated machine's work on the world's scheduler.
//
// Its context is a real io_context, so that Asio's own services (timers inside ssl::stream, say)
// find what they expect and start no thread.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/execution.hpp>
#include <utility>

#include "sim/world/virtual/scheduler.hpp"

namespace sealcheck::world {

class Executor {
 public:
  Executor(Scheduler& scheduler, Node& node) : scheduler_(&scheduler), node_(&node) {}

  boost::asio::execution_context& query(boost::asio::execution::context_t) const noexcept {
    return scheduler_->io_context();
  }
  static constexpr boost::asio::execution::blocking_t query(
      boost::asio::execution::blocking_t) noexcept {
    return boost::asio::execution::blocking.never;
  }
  Executor require(boost::asio::execution::blocking_t::never_t) const { return *this; }

  template <class Function>
  void execute(Function function) const {
    scheduler_->post(*node_, make_task(std::move(function)));
  }

  friend bool operator==(const Executor&, const Executor&) = default;

 private:
  Scheduler* scheduler_;
  Node* node_;
};

}  // namespace sealcheck::world
