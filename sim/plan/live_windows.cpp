#include "sim/plan/live_windows.hpp"

#include <fmt/format.h>

#include <chrono>

#include "reference/syntax/values.hpp"

namespace sealcheck::plan {
namespace {

constexpr std::int64_t lags_min = 20;

const Window* window_of(const Step& step) {
  if (const auto* expect = std::get_if<Expect>(&step.action)) return &expect->window;
  if (const auto* all = std::get_if<ExpectAll>(&step.action)) return &all->window;
  return nullptr;
}

std::string text(std::int64_t ns) {
  return syntax::format_duration(std::chrono::nanoseconds(ns));
}

}  // namespace

std::vector<std::string> complain_about_windows(const Plan& plan, std::int64_t scale,
                                                std::int64_t lag_ns) {
  std::vector<std::string> complaints;
  for (const Step& step : plan.steps) {
    const Window* window = window_of(step);
    if (!window || !window->to_ns) continue;
    const std::int64_t width = *window->to_ns - window->from_ns.value_or(0);
    if (width / scale >= lags_min * lag_ns) continue;
    std::string complaint = fmt::format(
        "{}: error: the window of {} is {} at scale {}, less than {} times the lag of {}\n"
        "    {}\n    it needs {} or a smaller scale\n",
        step.place.position, text(width), text(width / scale), scale, lags_min, text(lag_ns),
        step.place.source, text(lags_min * lag_ns * scale));
    if (complaints.empty() || complaints.back() != complaint)
      complaints.push_back(std::move(complaint));  // one statement may be several steps
  }
  return complaints;
}

}  // namespace sealcheck::plan
