#include "sim/engine/suite.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <deque>
#include <filesystem>
#include <fstream>
#include <memory>
#include <system_error>

#include "sim/engine/budget.hpp"
#include "sim/engine/capture_file.hpp"
#include "sim/engine/result_json.hpp"
#include "sim/engine/run_heap.hpp"
#include "sim/engine/trace_file.hpp"
#include "sim/world/virtual/clock_switch.hpp"

namespace sealcheck::engine {

namespace json = boost::json;
using world::clock_switch::real_mono_ns;

namespace {

// From the alarm to the end of all patience: judging and writing what there is takes a while, and
// the longer the more there is.
std::int64_t kill_after_ns(const plan::Budget& budget) {
  const std::int64_t usual = 2'000'000'000, wall = budget.wall_ns_max;
  return wall + std::max(std::min(usual, 4 * wall), wall / 4);
}

struct Child {
  std::unique_ptr<const plan::Plan> plan;
  pid_t pid;
  int pipe;
  std::int64_t started_ns;
  bool timed;
  std::string output;
  bool over_budget = false;
};

std::system_error failure(const char* what) {
  return {errno, std::generic_category(), what};
}

void write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(fd, bytes.data(), bytes.size());
    if (count <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

volatile std::sig_atomic_t alarm_rang = 0;

// A run that still takes turns when its time is over ends by itself, and can tell what it did last.
void set_alarm(std::int64_t wall_ns) {
  ::signal(SIGALRM, [](int) { alarm_rang = 1; });
  const itimerval once{{}, {wall_ns / 1'000'000'000, wall_ns % 1'000'000'000 / 1000}};
  ::setitimer(ITIMER_REAL, &once, nullptr);
}

bool is_bad(verdict::Verdict verdict) {
  using verdict::Verdict;
  return verdict == Verdict::fail || verdict == Verdict::error || verdict == Verdict::inconclusive;
}

bool wants_capture(SuiteOptions::Capture wanted, const RunResult& result) {
  using Capture = SuiteOptions::Capture;
  if (wanted == Capture::none || wanted == Capture::all) return wanted == Capture::all;
  if (is_bad(result.verdict)) return true;
  return wanted == Capture::selftests &&
         std::any_of(result.assertions.begin(), result.assertions.end(),
                     [](const verdict::Assertion& each) { return is_bad(each.verdict); });
}

// TLS secrets are made for captures alone, and cost more than most of what a run does. Few runs
// leave a capture: those are played again, by another child, and this is what the first one says.
// Not one that the clock on the wall cut off: it would not end in the same place, and its capture
// stays encrypted unless all runs leave one.
constexpr std::string_view play_again = "again";

// The child's whole life.
[[noreturn]] void play(const plan::Plan& plan, const SutFactory& make_sut,
                       const SuiteOptions& options, TlsSecrets secrets, int pipe) {
  const std::int64_t begin = real_mono_ns();
  set_alarm(plan.budget.wall_ns_max);
  const RunResult result = run_plan(
      plan, options.seed, make_sut, [] { return alarm_rang != 0; }, secrets);
  const bool captured = wants_capture(options.capture, result);
  if (captured && secrets == TlsSecrets::dropped && !result.hash.empty()) {
    write_all(pipe, play_again);
    ::_exit(0);
  }
  RunFiles files;
  files.trace = write_trace_file(options.out, plan, options.seed, *result.trace);
  if (captured) files.capture = write_capture_file(options.out, plan, result);
  const double wall_s = static_cast<double>(real_mono_ns() - begin) / 1e9;
  write_all(pipe, json::serialize(to_json(plan, result, wall_s, files)));
  ::_exit(0);
}

Child start(std::unique_ptr<const plan::Plan> plan, bool timed, const SutFactory& make_sut,
            const SuiteOptions& options, TlsSecrets secrets) {
  int ends[2];
  if (::pipe(ends) != 0) throw failure("pipe");
  const pid_t pid = ::fork();
  if (pid < 0) throw failure("fork");
  if (pid == 0) {
    begin_run_heap();
    ::close(ends[0]);
    play(*plan, make_sut, options, secrets, ends[1]);
  }
  ::close(ends[1]);
  return {std::move(plan), pid, ends[0], real_mono_ns(), timed, {}, false};
}

std::string end_of(int status) {
  if (WIFSIGNALED(status))
    return fmt::format("the run was ended by signal {} ({})", WTERMSIG(status),
                       ::strsignal(WTERMSIG(status)));
  return fmt::format("the run ended with exit code {} and no result", WEXITSTATUS(status));
}

int let_go(const Child& child) {
  int status = 0;
  ::waitpid(child.pid, &status, 0);
  ::close(child.pipe);
  return status;
}

json::object collect(Child& child) {
  const int status = let_go(child);
  boost::system::error_code error;
  json::value value = json::parse(child.output, error);
  if (!error && value.is_object() && !child.over_budget) return std::move(value.as_object());
  RunResult result;
  if (child.over_budget) {
    result.assertions.push_back(stuck(*child.plan));
    conclude(result, *child.plan);
  } else {
    result.verdict = verdict::Verdict::error;
    result.detail = end_of(status);
  }
  return to_json(*child.plan, result, static_cast<double>(real_mono_ns() - child.started_ns) / 1e9,
                 {});
}

// Reads what children have to say; those that are done move to the back and are returned as a
// count.
void wait_for_output(std::deque<Child>& children, std::vector<bool>& ended) {
  std::vector<pollfd> waits;
  for (const Child& child : children) waits.push_back({child.pipe, POLLIN, 0});
  ::poll(waits.data(), waits.size(), 1000);
  ended.assign(children.size(), false);
  for (std::size_t i = 0; i < children.size(); ++i) {
    Child& child = children[i];
    if (waits[i].revents) {
      char buffer[65536];
      const ssize_t count = ::read(child.pipe, buffer, sizeof buffer);
      if (count > 0) child.output.append(buffer, static_cast<std::size_t>(count));
      ended[i] = count <= 0;
    }
    const std::int64_t wall_ns_max = kill_after_ns(child.plan->budget);
    if (!ended[i] && real_mono_ns() - child.started_ns > wall_ns_max && !child.over_budget) {
      child.over_budget = true;
      ::kill(child.pid, SIGKILL);
    }
  }
}

}  // namespace

// Those that wait for the clock on the wall go beside the others, one after the other: they hold
// nobody up.
bool run_suite(std::vector<PlannedRun> runs, const SutFactory& make_sut,
               const SuiteOptions& options, const SuiteEvents& events) {
  const auto untimed = std::stable_partition(runs.begin(), runs.end(),
                                             [](const PlannedRun& run) { return run.timed; });
  bool all_well = true;
  auto next_timed = runs.begin();
  auto next = untimed;
  std::deque<Child> children;
  std::vector<bool> ended;
  const auto start_next = [&](std::vector<PlannedRun>::iterator& run) {
    auto plan = std::make_unique<const plan::Plan>(run->make());
    events.started(*plan);
    const auto secrets =
        options.capture == SuiteOptions::Capture::all ? TlsSecrets::kept : TlsSecrets::dropped;
    children.push_back(start(std::move(plan), run->timed, make_sut, options, secrets));
    ++run;
  };
  while (next_timed != untimed || next != runs.end() || !children.empty()) {
    auto timed = std::count_if(children.begin(), children.end(),
                               [](const Child& child) { return child.timed; });
    if (timed == 0 && next_timed != untimed) {
      start_next(next_timed);
      ++timed;
    }
    while (next != runs.end() && children.size() - static_cast<std::size_t>(timed) < options.jobs)
      start_next(next);
    wait_for_output(children, ended);
    for (std::size_t i = children.size(); i-- > 0;) {
      if (!ended[i]) continue;
      Child& child = children[i];
      if (child.output == play_again && !child.over_budget) {
        let_go(child);
        child = start(std::move(child.plan), child.timed, make_sut, options, TlsSecrets::kept);
        continue;
      }
      json::object result = collect(child);
      const auto plan = std::move(children[i].plan);
      children.erase(children.begin() + static_cast<std::ptrdiff_t>(i));
      const auto verdict = result.at("verdict").as_string();
      all_well =
          all_well && (verdict == "pass" || verdict == "unsupported" || verdict == "skipped");
      events.finished(*plan, std::move(result));
    }
  }
  return all_well;
}

}  // namespace sealcheck::engine
