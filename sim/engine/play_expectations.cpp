// How expectations are played: what they wait for, and how they are decided.
#include <fmt/format.h>

#include <algorithm>

#include "sim/engine/script_runner.hpp"
#include "sim/verdict/expectation.hpp"

namespace sealcheck::engine {

using verdict::Verdict;

namespace {

std::string window_text(const plan::Window& window) {
  const auto seconds = [](std::int64_t ns) { return trace::readable_time(ns).substr(1); };
  if (!window.to_ns) return {};
  static const std::map<plan::Anchor, const char*> names{
      {plan::Anchor::last_action, "the last action"},
      {plan::Anchor::last_send, "send"},
      {plan::Anchor::last_change, "change"},
      {plan::Anchor::last_restart, "restart"},
      {plan::Anchor::last_admin, "admin"}};
  if (!window.from_ns)
    return fmt::format(" within {} after {}", seconds(*window.to_ns), names.at(window.anchor));
  return fmt::format(" between {} and {} after {}", seconds(*window.from_ns),
                     seconds(*window.to_ns), names.at(window.anchor));
}

}  // namespace

void ScriptRunner::play(const plan::Step& step, const plan::Expect& expect) {
  const plan::Window& window = expect.window;
  const std::int64_t anchor = anchors_[window.anchor];
  const std::int64_t from = window.from_ns ? anchor + *window.from_ns : 0;
  const std::int64_t limit = window.to_ns ? anchor + *window.to_ns : INT64_MAX;
  const bool holds = verdict::is_state(expect.condition) ? wait_for_state(expect, from, limit)
                                                         : wait_for_event(expect, from, limit);
  const std::string seen =
      holds ? "as expected"
            : fmt::format("{} (at {})",
                          verdict::describe_seen(world_.trace().events(), 0, expect.condition),
                          trace::readable_time(world_.scheduler().now()));
  decide(step, holds, to_text(expect.condition) + window_text(window), seen);
}

bool ScriptRunner::wait_for_event(const plan::Expect& expect, std::int64_t from,
                                  std::int64_t limit) {
  const auto& events = world_.trace().events();
  std::size_t next = 0;
  const auto found = [&] {
    for (; next < events.size(); ++next) {
      const trace::Event& event = events[next];
      if (event.at_ns < from || event.at_ns > limit || consumed_.contains(event.sequence)) continue;
      if (!verdict::satisfies(event, expect.condition)) continue;
      consumed_.insert(event.sequence);
      return true;
    }
    return false;
  };
  const bool until_quiescent = !expect.window.to_ns;
  return found() || world_.run(std::min(limit, virtual_ns_max_), until_quiescent, found) ==
                        world::Stop::satisfied;
}

bool ScriptRunner::wait_for_state(const plan::Expect& expect, std::int64_t from,
                                  std::int64_t limit) {
  limit = std::min(limit, virtual_ns_max_);
  if (world_.scheduler().now() < from) world_.run(from, false);
  for (;;) {
    const world::Stop stop = world_.run(limit, true);
    if (!sut_) return false;  // the dead have no queue to look at
    const std::size_t snapshot = take_snapshot("expect");
    if (verdict::snapshot_satisfies(world_.trace().events(), snapshot, expect.condition))
      return true;
    if (stop == world::Stop::limit || !expect.window.to_ns) return false;
    // At rest and not there yet: on to the next scheduled event.
    const auto stirs = [&] { return !world_.scheduler().quiescent(); };
    if (world_.run(limit, false, stirs) != world::Stop::satisfied) return false;
  }
}

void ScriptRunner::play(const plan::Step& step, const plan::Never& never) {
  nevers_.push_back({&step, &never, never.ever ? 0 : world_.trace().events().size()});
}

void ScriptRunner::close_nevers(bool ever_too) {
  const auto& events = world_.trace().events();
  std::vector<OpenNever> still_open;
  for (const OpenNever& open : nevers_) {
    if (open.never->ever && !ever_too) {
      still_open.push_back(open);
      continue;
    }
    const auto begin = events.begin() + static_cast<std::ptrdiff_t>(open.begin);
    const bool violated = std::any_of(begin, events.end(), [&](const trace::Event& event) {
      return verdict::satisfies(event, open.never->condition);
    });
    decide(*open.step, !violated, "never: " + to_text(open.never->condition),
           violated ? verdict::describe_seen(events, open.begin, open.never->condition)
                    : "as expected");
  }
  nevers_ = std::move(still_open);
}

// A submission that no expectation speaks of must have been accepted.
void ScriptRunner::decide_submissions() {
  for (const plan::Step& step : plan_.steps) {
    const auto* send = std::get_if<plan::Send>(&step.action);
    if (!send) continue;
    const plan::Message& message = plan_.messages[send->message];
    if (answers_expected_.contains(message.name)) continue;
    const auto& events = world_.trace().events();
    const bool accepted = std::any_of(events.begin(), events.end(), [&](const trace::Event& event) {
      return event.kind == "sender.done" && event.field("message") == message.name &&
             event.field("result") == "accepted";
    });
    if (!accepted && !was_lost_in_a_crash(message.name))
      decide(step, false, message.name + " is answered 2xx, as nothing else is expected of it",
             verdict::describe_seen(events, 0, plan::Answered{message.name, {}}));
  }
}

void ScriptRunner::decide(const plan::Step& step, bool holds, std::string expected,
                          std::string seen) {
  note(holds ? "lab.pass" : "lab.fail", {{"at", step.place.position}});
  assertions_.push_back({step.requirements, step.place.position, step.place.source,
                         holds ? Verdict::pass : Verdict::fail, std::move(expected),
                         std::move(seen)});
}

}  // namespace sealcheck::engine
