// How expectations are played: what they wait for, and how they are decided.
#include <fmt/format.h>

#include <algorithm>

#include "sim/engine/script_runner.hpp"
#include "sim/verdict/expectation.hpp"
#include "sim/verdict/matching.hpp"

namespace sealcheck::engine {

using verdict::Verdict;

namespace {

std::string window_text(const plan::Window& window) {
  const auto seconds = [](std::int64_t ns) { return trace::readable_time(ns).substr(1); };
  static const std::map<plan::Anchor, const char*> names{
      {plan::Anchor::last_action, "the last action"},
      {plan::Anchor::last_send, "send"},
      {plan::Anchor::last_change, "change"},
      {plan::Anchor::last_restart, "restart"},
      {plan::Anchor::last_admin, "admin"}};
  const std::string anchor = window.after ? to_text(*window.after) : names.at(window.anchor);
  if (!window.to_ns) return window.from_ns ? " after " + anchor : "";
  if (!window.from_ns) return fmt::format(" within {} after {}", seconds(*window.to_ns), anchor);
  return fmt::format(" between {} and {} after {}", seconds(*window.from_ns),
                     seconds(*window.to_ns), anchor);
}

}  // namespace

// Rule 5: from the latest such event, or else from the next.
std::optional<ScriptRunner::Times> ScriptRunner::times_of(const plan::Window& window) {
  std::int64_t anchor = anchors_[window.anchor];
  if (window.after) {
    const auto& events = world_.trace().events();
    const auto is_it = [&](const trace::Event& event) {
      return verdict::satisfies(event, *window.after);
    };
    auto found = std::find_if(events.rbegin(), events.rend(), is_it);
    if (found == events.rend()) {
      std::size_t next = events.size();
      world_.run(virtual_ns_max_, true, [&] {
        while (next < events.size() && !is_it(events[next])) ++next;
        return next < events.size();
      });
      found = std::find_if(events.rbegin(), events.rend(), is_it);
    }
    if (found == events.rend()) return std::nullopt;
    anchor = found->at_ns;
  }
  return Times{window.from_ns ? anchor + *window.from_ns : 0,
               window.to_ns ? anchor + *window.to_ns : INT64_MAX, window.to_ns.has_value()};
}

void ScriptRunner::play(const plan::Step& step, const plan::Expect& expect) {
  const std::string expected = to_text(expect.condition) + window_text(expect.window);
  const auto times = times_of(expect.window);
  if (!times)
    return decide(step, false, expected,
                  verdict::describe_seen(world_.trace().events(), 0, *expect.window.after));
  if (verdict::is_state(expect.condition)) {
    const bool holds = wait_for_state(expect, *times);
    return decide(step, holds, expected, seen(holds, expect.condition));
  }
  const trace::Event* event = wait_for_event(expect.condition, *times);
  const bool tolerated = event && verdict::only_tolerates(*event, expect.condition);
  decide(step, event, expected, seen(event, expect.condition));
  assertions_.back().tolerated = tolerated;
}

std::string ScriptRunner::seen(bool holds, const plan::Condition& condition) const {
  if (holds && !std::holds_alternative<plan::Answered>(condition)) return "as expected";
  const auto& events = world_.trace().events();
  const std::string text = verdict::describe_seen(events, 0, condition);
  return holds ? text
               : fmt::format("{} (at {})", text, trace::readable_time(world_.scheduler().now()));
}

// Unordered, and each part by an event of its own.
void ScriptRunner::play(const plan::Step& step, const plan::ExpectAll& all) {
  const auto times = times_of(all.window);
  verdict::Matching matching(all.parts.size());
  if (times) {
    const auto& events = world_.trace().events();
    std::size_t next = 0;
    const auto complete = [&] {
      for (; next < events.size() && !matching.complete(); ++next) {
        if (!is_open(events[next], *times)) continue;
        std::vector<std::size_t> fits;
        for (std::size_t part = 0; part < all.parts.size(); ++part)
          if (verdict::satisfies(events[next], all.parts[part].condition)) fits.push_back(part);
        matching.offer(events[next].sequence, std::move(fits));
      }
      return matching.complete();
    };
    if (!complete()) world_.run(std::min(times->limit, virtual_ns_max_), !times->bounded, complete);
  }
  for (std::size_t i = 0; i < all.parts.size(); ++i) {
    const plan::ExpectAll::Part& part = all.parts[i];
    const auto event = matching.event_of(i);
    if (event) consumed_.insert(*event);
    decide({{}, part.requirements, part.place}, event.has_value(),
           "all: " + to_text(part.condition) + window_text(all.window),
           seen(event.has_value(), part.condition));
    if (event)
      assertions_.back().tolerated =
          verdict::only_tolerates(world_.trace().events()[*event], part.condition);
  }
  if (!times)
    decide(step, false, "the event that the window counts from",
           verdict::describe_seen(world_.trace().events(), 0, *all.window.after));
}

bool ScriptRunner::is_open(const trace::Event& event, const Times& times) const {
  return event.at_ns >= times.from && event.at_ns <= times.limit &&
         !consumed_.contains(event.sequence);
}

// The event that satisfies it, now used up; null when none came.
const trace::Event* ScriptRunner::wait_for_event(const plan::Condition& condition,
                                                 const Times& times) {
  const auto& events = world_.trace().events();
  std::size_t next = 0;
  const auto found = [&] {
    for (; next < events.size(); ++next)
      if (is_open(events[next], times) && verdict::satisfies(events[next], condition)) return true;
    return false;
  };
  if (!found() && world_.run(std::min(times.limit, virtual_ns_max_), !times.bounded, found) !=
                      world::Stop::satisfied)
    return nullptr;
  consumed_.insert(events[next].sequence);
  return &events[next];
}

// Rule 8: on a snapshot at quiescence.
bool ScriptRunner::wait_for_state(const plan::Expect& expect, const Times& times) {
  const std::int64_t limit = std::min(times.limit, virtual_ns_max_);
  if (world_.scheduler().now() < times.from) world_.run(times.from, false);
  for (;;) {
    const world::Stop stop = world_.run(limit, true);
    if (!sut_) return false;  // the dead have no queue to look at
    const std::size_t snapshot = take_snapshot("expect");
    if (verdict::snapshot_satisfies(world_.trace().events(), snapshot, expect.condition))
      return true;
    if (stop == world::Stop::limit || !times.bounded) return false;
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
