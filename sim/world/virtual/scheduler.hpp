// The virtual clock and the one queue of everything that is to happen: the heart of the simulated
// world.
//
// Tasks that are ready run first, in the order in which they became ready; then the clock jumps to
// the earliest timer. Timers that are due at the same nanosecond fire in the order in which they
// were set: this is what makes a run deterministic. Single-threaded; time is int64 ns from 0 at the
// world's start.
//
// Every task belongs to a Node (a simulated machine) and to one of its incarnations. A task of a
// dead incarnation is destroyed unrun; tasks of a paused node wait for it.
//
// A machine may die in the middle of one of its own tasks. Its coroutines are on the stack then:
// what would destroy them waits for the safe point right after the task.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "reference/host/time.hpp"
#include "reference/host/timer.hpp"
#include "sim/world/virtual/budget.hpp"

namespace sealcheck::world {

struct Task {
  virtual ~Task() = default;
  virtual void run() = 0;
};
using TaskPtr = std::unique_ptr<Task>;

template <class Function>
TaskPtr make_task(Function function) {
  struct Wrapped final : Task {
    explicit Wrapped(Function&& f) : function(std::move(f)) {}
    void run() override { function(); }
    Function function;
  };
  return std::make_unique<Wrapped>(std::move(function));
}

/// The part of a simulated machine that the scheduler knows.
struct Node {
  std::uint32_t id = 0;
  std::string name;
  std::uint32_t incarnation = 0;  ///< counts restarts
  bool alive = true;
  bool paused = false;
  host::Duration wall_offset{0};      ///< UTC minus the world's clock, from a jumped clock
  std::uint64_t entropy_counter = 0;  ///< draws in this incarnation
};

class Scheduler {
 public:
  /// (due, order of setting): unique, and the order of firing.
  using TimerKey = std::pair<std::int64_t, std::uint64_t>;

  std::int64_t now() const { return now_; }
  host::MonoTime mono_now() const { return host::MonoTime(host::Duration(now_)); }

  void post(Node& node, TaskPtr task);
  TimerKey add_timer(std::int64_t due, host::TimerKind kind, Node& node, TaskPtr task);
  void cancel_timer(const TimerKey& key) { timers_.erase_entry(key); }

  /// Runs everything that is ready now.
  void run_ready();
  /// Fires the earliest timer if it is due at or before `limit`; the clock jumps to it.
  bool fire_next(std::int64_t limit);
  /// Jumps the clock over a stretch in which nothing happens. Requires: nothing due before `time`.
  void advance_to(std::int64_t time);

  bool has_ready() const { return !ready_.empty(); }
  /// True when nothing is pending but schedule timers (retry, expiry).
  bool quiescent() const { return ready_.empty() && timers_.activity_count() == 0; }
  bool idle() const { return ready_.empty() && timers_.empty(); }

  /// Destroys all tasks of the node, unrun.
  void drop(const Node& node);
  /// Tasks that waited for a paused node become ready, in their order.
  void resume(Node& node);

  /// Runs `work` when no task is running: at once, or right after the one that runs.
  void at_safe_point(std::function<void()> work);
  /// Called after each task, when nothing runs; empty: nothing is called.
  void watch(std::function<void()> after_task) { after_task_ = std::move(after_task); }

  /// Whose code is running: entropy and clock readings are this machine's. Null between tasks.
  Node* current() const { return current_; }
  /// Tasks and timers run so far.
  std::uint64_t steps() const { return steps_; }
  /// Running on beyond it throws BudgetExceeded.
  void set_budget(Budget budget) { budget_ = std::move(budget); }

  boost::asio::io_context& io_context() { return io_context_; }

 private:
  struct Entry {
    Node* node = nullptr;
    std::uint32_t incarnation = 0;
    TaskPtr task;
    host::TimerKind kind = host::TimerKind::activity;
  };
  // Ordered timers with an exact count of those that are activity.
  class Timers {
   public:
    void insert(const TimerKey& key, Entry entry);
    void erase_entry(const TimerKey& key);
    Entry take_first();
    void drop(const Node& node);
    const TimerKey& first_key() const { return entries_.begin()->first; }
    bool empty() const { return entries_.empty(); }
    std::size_t activity_count() const { return activity_count_; }

   private:
    std::map<TimerKey, Entry> entries_;
    std::size_t activity_count_ = 0;
  };

  void run(Entry entry);
  void reach_safe_point();
  void spend();

  boost::asio::io_context io_context_{1};  // only a context for Asio's services: nothing runs on it
  std::int64_t now_ = 0;
  std::uint64_t order_ = 0;
  std::uint64_t steps_ = 0;
  Budget budget_;
  Node* current_ = nullptr;
  std::deque<Entry> ready_;
  std::deque<Entry> held_;  // ready tasks of paused nodes
  Timers timers_;
  std::vector<std::function<void()>> at_safe_point_;
  std::vector<TaskPtr> doomed_;  // posted to a dead node by a running task: they may own its frames
  std::function<void()> after_task_;
};

}  // namespace sealcheck::world
