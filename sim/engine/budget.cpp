#include "sim/engine/budget.hpp"

#include <fmt/format.h>

#include "reference/syntax/values.hpp"
#include "sim/engine/timeline.hpp"

namespace sealcheck::engine {
namespace {

constexpr std::size_t last_events_per_actor = 3;
constexpr std::size_t text_max = 80;  // of each

std::string duration(std::int64_t ns) {
  return syntax::format_duration(std::chrono::nanoseconds(ns));
}

struct Words {
  std::string resource;
  std::string amount;
};

Words words(const plan::Budget& budget, world::Resource resource) {
  switch (resource) {
    case world::Resource::events:
      return {"events", fmt::format("{} events", budget.events_max)};
    case world::Resource::virtual_time:
      return {"virtual time", duration(budget.virtual_ns_max) + " of virtual time"};
    case world::Resource::memory:
      return {"memory", fmt::format("{} bytes of trace", budget.trace_bytes_max)};
    case world::Resource::wall_time:
      return {"wall-clock time", duration(budget.wall_ns_max) + " of wall-clock time"};
  }
  return {};
}

verdict::Assertion failure(const plan::Plan& plan, world::Resource resource) {
  const Words of = words(plan.budget, resource);
  verdict::Assertion assertion;
  assertion.position = plan.place.position;
  assertion.source = "Livelock: a run comes to rest within its budget of " + of.resource;
  assertion.verdict = verdict::Verdict::fail;
  assertion.expected = "the run at rest within " + of.amount;
  assertion.seen = "still not at rest after " + of.amount;
  return assertion;
}

}  // namespace

world::Budget budget_of(const plan::Plan& plan, const trace::Trace& trace,
                        std::function<bool()> out_of_time) {
  using world::BudgetExceeded;
  using world::Resource;
  auto check = [&trace, bytes_max = plan.budget.trace_bytes_max,
                out_of_time = std::move(out_of_time)] {
    if (trace.bytes_held() > bytes_max)
      throw BudgetExceeded(Resource::memory, "more memory than the budget allows");
    if (out_of_time && out_of_time())
      throw BudgetExceeded(Resource::wall_time, "more wall-clock time than the budget allows");
  };
  return {plan.budget.events_max, plan.budget.virtual_ns_max, std::move(check)};
}

verdict::Assertion livelock(const plan::Plan& plan, world::Resource resource, std::int64_t now_ns,
                            const std::vector<trace::Event>& events) {
  verdict::Assertion assertion = failure(plan, resource);
  assertion.seen += fmt::format(", at {}", trace::readable_time(now_ns));
  std::string last;
  for (const TimelineLine& line : timeline(events, last_events_per_actor))
    last += fmt::format("{}{} {} {}", last.empty() ? "; the last of it: " : "; ",
                        trace::readable_time(line.at_ns), line.actor,
                        std::string_view(line.text).substr(0, text_max));
  assertion.seen += last;
  return assertion;
}

verdict::Assertion stuck(const plan::Plan& plan) {
  verdict::Assertion assertion = failure(plan, world::Resource::wall_time);
  assertion.seen += ", stuck inside a single event: the run was killed, and its trace is lost";
  return assertion;
}

}  // namespace sealcheck::engine
