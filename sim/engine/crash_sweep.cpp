#include "sim/engine/crash_sweep.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>
#include <memory>
#include <regex>
#include <stdexcept>

namespace sealcheck::engine {
namespace {

using Side = plan::DiskMoment::Side;

struct Count {
  std::uint64_t operations = 0;
  std::uint64_t commits = 0;
};

// In a forked child like every run: what one run leaves in the process is not for the next to see.
Count count_moments(const plan::Plan& plan, const SutFactory& make_sut,
                    const SuiteOptions& options) {
  plan::Plan counted = plan;
  counted.sweep = plan::Sweep{};
  counted.sweep->moment.nth = 0;
  counted.id += "@count";
  Count count;
  SuiteEvents events;
  events.started = [](const plan::Plan&) {};
  events.finished = [&](const plan::Plan&, boost::json::object result) {
    if (result.at("verdict").as_string() != "pass")
      throw std::runtime_error(fmt::format("{} does not pass without a crash: {}", plan.id,
                                           result.contains("detail")
                                               ? boost::json::serialize(result["detail"])
                                               : boost::json::serialize(result["assertions"])));
    count.operations = boost::json::value_to<std::uint64_t>(result.at("disk_operations"));
    count.commits = boost::json::value_to<std::uint64_t>(result.at("disk_commits"));
  };
  run_suite({{counted.id, false, [&] { return counted; }}}, make_sut, options, events);
  return count;
}

void add_moments(std::vector<PlannedRun>& runs, const std::shared_ptr<const plan::Plan>& plan,
                 Side side, std::uint64_t count, std::uint64_t outcomes) {
  for (std::uint64_t nth = 1; nth <= count; ++nth)
    for (std::uint64_t outcome = 0; outcome < outcomes; ++outcome) {
      const plan::Sweep sweep{{side, side == Side::during, nth}, outcome};
      runs.push_back({plan->id, false, [plan, sweep] { return swept(*plan, sweep); }});
    }
}

}  // namespace

plan::Plan swept(plan::Plan plan, const plan::Sweep& sweep) {
  const Side side = sweep.moment.side;
  plan.sweep = sweep;
  plan.id += fmt::format("@{}-{}",
                         side == Side::before   ? "before"
                         : side == Side::during ? "during"
                                                : "after",
                         sweep.moment.nth);
  if (sweep.outcome > 0) plan.id += fmt::format("+{}", sweep.outcome);
  return plan;
}

std::optional<plan::Sweep> take_moment(std::string& path) {
  static const std::regex form("@(before|during|after)-([0-9]{1,9})(?:\\+([0-9]{1,9}))?$");
  std::smatch match;
  if (!std::regex_search(path, match, form)) return std::nullopt;
  plan::Sweep sweep;
  sweep.moment.side = match[1] == "after"    ? Side::after
                      : match[1] == "during" ? Side::during
                                             : Side::before;
  sweep.moment.commit = sweep.moment.side == Side::during;
  sweep.moment.nth = std::stoull(match[2]);
  if (match[3].matched) sweep.outcome = std::stoull(match[3]);
  path.erase(static_cast<std::size_t>(match.position(0)));
  return sweep;
}

bool can_be_swept(const plan::Plan& plan) {
  return !plan.must_fail_with &&
         std::none_of(plan.steps.begin(), plan.steps.end(), [](const plan::Step& step) {
           return std::holds_alternative<plan::Crash>(step.action) ||
                  std::holds_alternative<plan::Restart>(step.action);
         });
}

std::vector<PlannedRun> sweep_runs(const std::vector<PlannedRun>& runs, const SutFactory& make_sut,
                                   const SuiteOptions& options, std::uint64_t outcomes) {
  std::vector<PlannedRun> all;
  for (const PlannedRun& run : runs) {
    const auto plan = std::make_shared<const plan::Plan>(run.make());
    const Count count = count_moments(*plan, make_sut, options);
    for (const Side side : {Side::before, Side::after})
      add_moments(all, plan, side, count.operations, outcomes);
    // These are few, and how far the device has come is up to chance.
    add_moments(all, plan, Side::during, count.commits, 4 * outcomes);
  }
  return all;
}

}  // namespace sealcheck::engine
