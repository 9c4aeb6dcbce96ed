#include "sim/world/virtual/scheduler.hpp"

#include <boost/assert.hpp>

namespace sealcheck::world {

void Scheduler::Timers::insert(const TimerKey& key, Entry entry) {
  if (entry.kind == host::TimerKind::activity) ++activity_count_;
  entries_.emplace(key, std::move(entry));
}

void Scheduler::Timers::erase_entry(const TimerKey& key) {
  const auto found = entries_.find(key);
  if (found == entries_.end()) return;
  if (found->second.kind == host::TimerKind::activity) --activity_count_;
  // The task may own what sets or cancels timers: it is destroyed after the map is whole again.
  const Entry doomed = std::move(found->second);
  entries_.erase(found);
}

Scheduler::Entry Scheduler::Timers::take_first() {
  Entry entry = std::move(entries_.begin()->second);
  if (entry.kind == host::TimerKind::activity) --activity_count_;
  entries_.erase(entries_.begin());
  return entry;
}

void Scheduler::Timers::drop(const Node& node) {
  std::deque<Entry> doomed;
  for (auto entry = entries_.begin(); entry != entries_.end();) {
    if (entry->second.node != &node) {
      ++entry;
      continue;
    }
    if (entry->second.kind == host::TimerKind::activity) --activity_count_;
    doomed.push_back(std::move(entry->second));
    entry = entries_.erase(entry);
  }
}

void Scheduler::post(Node& node, TaskPtr task) {
  if (!node.alive) {
    if (current_) doomed_.push_back(std::move(task));
    return;
  }
  Entry entry{&node, node.incarnation, std::move(task), host::TimerKind::activity};
  (node.paused ? held_ : ready_).push_back(std::move(entry));
}

Scheduler::TimerKey Scheduler::add_timer(std::int64_t due, host::TimerKind kind, Node& node,
                                         TaskPtr task) {
  const TimerKey key{std::max(due, now_), order_++};
  timers_.insert(key, Entry{&node, node.incarnation, std::move(task), kind});
  return key;
}

void Scheduler::run(Entry entry) {
  Node& node = *entry.node;
  if (!node.alive || node.incarnation != entry.incarnation) return;
  if (node.paused) {
    held_.push_back(std::move(entry));
    return;
  }
  spend();
  current_ = &node;
  entry.task->run();
  entry.task.reset();  // what it owned ends as part of it
  current_ = nullptr;
  reach_safe_point();
  if (after_task_) after_task_();
}

void Scheduler::at_safe_point(std::function<void()> work) {
  at_safe_point_.push_back(std::move(work));
  if (!current_) reach_safe_point();
}

void Scheduler::reach_safe_point() {
  while (!doomed_.empty() || !at_safe_point_.empty()) {
    const auto works = std::move(at_safe_point_);
    at_safe_point_.clear();
    for (const auto& work : works) work();
    const auto doomed = std::move(doomed_);
    doomed_.clear();
  }
}

void Scheduler::run_ready() {
  for (;;) {
    while (!ready_.empty()) {
      Entry entry = std::move(ready_.front());
      ready_.pop_front();
      run(std::move(entry));
    }
    // Nothing is meant to run here, but whatever a library posts to its context is not lost.
    io_context_.restart();
    if (io_context_.poll() == 0 && ready_.empty()) return;
  }
}

void Scheduler::spend() {
  if (++steps_ > budget_.events_max)
    throw BudgetExceeded(Resource::events, "more events than the budget allows");
  if (budget_.check && steps_ % check_interval == 0) budget_.check();
}

bool Scheduler::fire_next(std::int64_t limit) {
  if (!timers_.empty() && limit >= budget_.time_ns_max &&
      timers_.first_key().first > budget_.time_ns_max)
    throw BudgetExceeded(Resource::virtual_time, "more virtual time than the budget allows");
  if (timers_.empty() || timers_.first_key().first > limit) return false;
  now_ = timers_.first_key().first;
  run(timers_.take_first());
  return true;
}

void Scheduler::advance_to(std::int64_t time) {
  BOOST_ASSERT(timers_.empty() || timers_.first_key().first >= time);
  now_ = std::max(now_, time);
}

void Scheduler::drop(const Node& node) {
  std::deque<Entry> doomed;
  const auto take_out = [&](std::deque<Entry>& queue) {
    std::deque<Entry> kept;
    for (Entry& entry : queue) (entry.node == &node ? doomed : kept).push_back(std::move(entry));
    queue.swap(kept);
  };
  take_out(ready_);
  take_out(held_);
  timers_.drop(node);
}

void Scheduler::resume(Node& node) {
  node.paused = false;
  std::deque<Entry> still_held;
  for (Entry& entry : held_)
    (entry.node == &node ? ready_ : still_held).push_back(std::move(entry));
  held_.swap(still_held);
}

}  // namespace sealcheck::world
