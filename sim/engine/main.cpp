// sealcheck-engine: loads scenario files, plays them, prints one JSON object a line. People use it
// through ./sealcheck, which turns the lines into progress, reports and exit codes.
//
//   sealcheck-engine run --root DIR --out DIR [--seed N] [--jobs N] [--sut NAME] [--only FILE]
//                    [--capture failures|selftests|all] PATH…
//   sealcheck-engine sweep --root DIR --out DIR [--seed N] [--jobs N] [--sut NAME] [--outcomes N]
//   PATH…
//   sealcheck-engine check --root DIR [--strict] [--world live --scale N --lag DURATION] PATH…
//   sealcheck-engine list --root DIR PATH…
//   sealcheck-engine tell TRACE        the events of a trace file, in words
// FILE holds the ids of the scenarios wanted, one a line.
// Exit codes: 0 all as expected, 1 a verdict, 2 usage or a broken scenario, 3 the lab itself
// failed.
#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <charconv>
#include <filesystem>
#include <iostream>
#include <optional>

#include "reference/syntax/values.hpp"
#include "sim/adapters/sealgate/sealgate_sut.hpp"
#include "sim/engine/crash_sweep.hpp"
#include "sim/engine/scenario_files.hpp"
#include "sim/engine/suite.hpp"
#include "sim/engine/tell_trace.hpp"
#include "sim/engine/warm_up.hpp"
#include "sim/plan/live_windows.hpp"

namespace {

namespace json = boost::json;
using namespace sealcheck;
using engine::PlannedRun;

enum ExitCode { all_well = 0, a_verdict = 1, usage_or_scenario = 2, lab_failed = 3 };

struct Arguments {
  std::string command;
  std::string root = ".";
  std::string sut;
  engine::SuiteOptions suite;
  std::uint64_t outcomes = 2;         ///< of a sweep, for each moment
  std::optional<plan::Sweep> moment;  ///< of a sweep, where a path names one
  std::string world = "sim";
  std::int64_t scale = 1;   ///< durations in a live world are divided by it
  std::int64_t lag_ns = 0;  ///< measured in it
  std::string only;         ///< a file with the ids wanted; empty: all
  bool strict = false;      ///< of check: a warning is a verdict
  std::vector<std::string> paths;
};

struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::uint64_t to_number(const std::string& option, const std::string& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || *end != '\0')
    throw UsageError(fmt::format("{} takes a number, not '{}'", option, text));
  return value;
}

std::int64_t to_duration(const std::string& option, const std::string& text) {
  const auto duration = syntax::parse_duration(text);
  if (!duration) throw UsageError(fmt::format("{} takes a duration, not '{}'", option, text));
  return duration->count();
}

engine::SuiteOptions::Capture to_capture(const std::string& word) {
  using Capture = engine::SuiteOptions::Capture;
  if (word == "failures") return Capture::failures;
  if (word == "selftests") return Capture::selftests;
  if (word == "all") return Capture::all;
  throw UsageError("--capture takes failures, selftests or all, not '" + word + "'");
}

Arguments parse_arguments(int count, char** values) {
  if (count < 2) throw UsageError("which command? run, sweep, check, list or tell");
  Arguments arguments;
  arguments.command = values[1];
  for (int i = 2; i < count; ++i) {
    const std::string word = values[i];
    if (!word.starts_with("--")) {
      arguments.paths.push_back(word);
      if (arguments.command == "sweep")
        arguments.moment = engine::take_moment(arguments.paths.back());
      continue;
    }
    if (word == "--strict") {
      arguments.strict = true;
      continue;
    }
    if (++i == count) throw UsageError(word + " needs a value");
    const std::string value = values[i];
    if (word == "--root")
      arguments.root = value;
    else if (word == "--out")
      arguments.suite.out = value;
    else if (word == "--seed")
      arguments.suite.seed = to_number(word, value);
    else if (word == "--jobs")
      arguments.suite.jobs =
          static_cast<unsigned>(std::max<std::uint64_t>(1, to_number(word, value)));
    else if (word == "--capture")
      arguments.suite.capture = to_capture(value);
    else if (word == "--only")
      arguments.only = value;
    else if (word == "--sut")
      arguments.sut = value;
    else if (word == "--world")
      arguments.world = value;
    else if (word == "--scale")
      arguments.scale =
          static_cast<std::int64_t>(std::max<std::uint64_t>(1, to_number(word, value)));
    else if (word == "--lag")
      arguments.lag_ns = to_duration(word, value);
    else if (word == "--outcomes")
      arguments.outcomes = std::max<std::uint64_t>(1, to_number(word, value));
    else
      throw UsageError("unknown option " + word);
  }
  return arguments;
}

void say(const json::object& line) {
  std::cout << json::serialize(line) << std::endl;
}

// Names the gateway under test where the scenario leaves it open.
void put_under_test(const std::string& sut, std::vector<PlannedRun>& runs) {
  if (sut.empty()) return;
  for (PlannedRun& run : runs)
    run.make = [sut, make = std::move(run.make)] {
      plan::Plan plan = make();
      if (plan.sut == "sealgate") plan.sut = sut;
      return plan;
    };
}

int run(const Arguments& arguments, std::vector<PlannedRun> runs) {
  if (arguments.suite.out.empty()) throw UsageError("run needs --out DIR");
  say({{"event", "plan"}, {"scenarios", runs.size()}, {"seed", arguments.suite.seed}});
  engine::SuiteEvents events;
  events.started = [](const plan::Plan& plan) { say({{"event", "started"}, {"id", plan.id}}); };
  events.finished = [](const plan::Plan&, json::object result) {
    say({{"event", "finished"}, {"scenario", std::move(result)}});
  };
  engine::warm_up(adapters::make_sealgate);
  const bool well = run_suite(std::move(runs), adapters::make_sealgate, arguments.suite, events);
  say({{"event", "end"}});
  return well ? all_well : a_verdict;
}

// Power loss before and after every disk operation of each scenario.
int sweep(const Arguments& arguments, std::vector<PlannedRun> runs) {
  if (arguments.suite.out.empty()) throw UsageError("sweep needs --out DIR");
  for (const PlannedRun& run : runs)
    if (!engine::can_be_swept(run.make()))
      throw UsageError(run.id + " has a crash or a selftest of its own: it cannot be swept");
  if (!arguments.moment)
    return run(arguments, engine::sweep_runs(runs, adapters::make_sealgate, arguments.suite,
                                             arguments.outcomes));
  for (PlannedRun& run : runs)
    run.make = [moment = *arguments.moment, make = std::move(run.make)] {
      return engine::swept(make(), moment);
    };
  return run(arguments, std::move(runs));
}

// Whether a live world's clock can decide the windows of the plans (rule 15).
int check(const Arguments& arguments, const std::vector<PlannedRun>& runs) {
  if (arguments.world == "sim") return all_well;
  if (arguments.world != "live") throw UsageError("there is no world " + arguments.world);
  bool fits = true;
  for (const PlannedRun& run : runs)
    for (const std::string& complaint :
         plan::complain_about_windows(run.make(), arguments.scale, arguments.lag_ns)) {
      say({{"event", "diagnostic"}, {"text", complaint}});
      fits = false;
    }
  return fits ? all_well : usage_or_scenario;
}

int list(const std::vector<PlannedRun>& runs) {
  for (const PlannedRun& run : runs) {
    const plan::Plan plan = run.make();
    json::array requirements, tags;
    for (const std::string& id : plan.requirements) requirements.emplace_back(id);
    for (const std::string& tag : plan.tags) tags.emplace_back(tag);
    say({{"id", plan.id},
         {"file", plan.file},
         {"title", plan.title},
         {"requirements", std::move(requirements)},
         {"tags", std::move(tags)},
         {"expected_failure", plan.must_fail_with.has_value()}});
  }
  return all_well;
}

}  // namespace

int main(int count, char** values) try {
  const Arguments arguments = parse_arguments(count, values);
  if (arguments.command == "tell" && arguments.paths.size() == 1)
    return engine::tell_trace(arguments.paths.front(), say) ? all_well : usage_or_scenario;
  if (arguments.command != "run" && arguments.command != "sweep" && arguments.command != "check" &&
      arguments.command != "list")
    throw UsageError("unknown command " + arguments.command);
  auto loaded =
      engine::load_scenarios(arguments.root, arguments.paths, arguments.command == "check");
  for (const std::string& warning : loaded.warnings) say({{"event", "warning"}, {"text", warning}});
  for (const std::string& diagnostic : loaded.diagnostics)
    say({{"event", "diagnostic"}, {"text", diagnostic}});
  if (!loaded.diagnostics.empty()) return usage_or_scenario;
  if (!arguments.only.empty()) engine::keep_only(arguments.only, loaded.runs);
  put_under_test(arguments.sut, loaded.runs);
  if (arguments.command == "run") return run(arguments, std::move(loaded.runs));
  if (arguments.command == "sweep") return sweep(arguments, std::move(loaded.runs));
  if (arguments.command == "list") return list(loaded.runs);
  if (arguments.command != "check") return all_well;
  const int code = check(arguments, loaded.runs);
  return code == all_well && arguments.strict && !loaded.warnings.empty() ? a_verdict : code;
} catch (const UsageError& error) {
  std::cerr << "sealcheck-engine: " << error.what() << '\n';
  return usage_or_scenario;
} catch (const std::exception& error) {
  std::cerr << "sealcheck-engine: " << error.what() << '\n';
  return lab_failed;
}
