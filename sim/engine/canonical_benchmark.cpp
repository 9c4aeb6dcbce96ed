// What does simulating cost? The canonical mandatory-TLS scenario, from its text to its verdicts
// and in a forked child, against the bare OpenSSL work that it contains (bare_openssl_work.hpp), in
// turn in one process.
//
//   cmake --preset release -DSEALCHECK_BENCHMARKS=ON && ninja -C build/release benchmarks
//   build/release/sim/engine/canonical_benchmark        (from the repository's root)
// The counters are medians; ratio is ours_us over bare_us. On a busy machine the wall clock also
// counts the wait for a processor, ratio_cpu does not; nor do the least times of all turns count
// what others leave of the caches. docs/benchmarks.md holds figures.
#include <benchmark/benchmark.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "sim/adapters/sealgate/sealgate_sut.hpp"
#include "sim/engine/bare_openssl_work.hpp"
#include "sim/engine/run_heap.hpp"
#include "sim/engine/run_plan.hpp"
#include "sim/engine/warm_up.hpp"
#include "sim/plan/make_plans.hpp"
#include "sim/world/virtual/clock_switch.hpp"

namespace {

using namespace sealcheck;

constexpr const char* scenario_file = "scenarios/tls/failed_handshake_delays_the_message.scn";

syntax::Reader file_reader() {
  return [](const std::string& name) -> boost::system::result<std::string> {
    std::ifstream file(name, std::ios::binary);
    if (!file) return make_error_code(boost::system::errc::no_such_file_or_directory);
    std::ostringstream text;
    text << file.rdbuf();
    return std::move(text).str();
  };
}

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "canonical_benchmark: %s\n", what);
  std::abort();
}

// --- ours: parse, check, plan, fork, world, judges ---

void play(const plan::Catalogue& catalogue) {
  syntax::Diagnostics diagnostics;
  const auto plans = plan::make_plans(scenario_file, file_reader(), catalogue, diagnostics);
  require(plans.size() == 1, "the scenario does not load: run from the repository's root");
  const pid_t child = ::fork();
  if (child == 0) {
    engine::begin_run_heap();
    const auto result = engine::run_plan(plans.front(), 1, adapters::make_sealgate);
    ::_exit(result.verdict == verdict::Verdict::pass ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  require(status == 0, "the scenario does not pass");
}

double least_us(const std::vector<std::int64_t>& ns) {
  return static_cast<double>(*std::min_element(ns.begin(), ns.end())) / 1000;
}

double median_us(std::vector<std::int64_t>& ns) {
  std::nth_element(ns.begin(), ns.begin() + static_cast<std::ptrdiff_t>(ns.size() / 2), ns.end());
  return static_cast<double>(ns[ns.size() / 2]) / 1000;
}

// The bare work in a child, for comparison: what forking alone costs.
void bare_in_child() {
  const pid_t child = ::fork();
  if (child == 0) {
    engine::begin_run_heap();
    engine::bare_openssl_work();
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  require(status == 0, "the bare work failed");
}

// What this process and its children have used of all processors.
std::int64_t processor_ns() {
  std::int64_t ns = 0;
  for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage usage{};
    ::getrusage(who, &usage);
    ns += (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1'000'000'000;
    ns += (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1000;
  }
  return ns;
}

// One side's times, by the clock on the wall and by the processor.
struct Times {
  std::vector<std::int64_t> wall_ns;
  std::vector<std::int64_t> cpu_ns;

  template <class Work>
  void measure(const Work& work) {
    const std::int64_t cpu = processor_ns();
    const std::int64_t wall = world::clock_switch::real_mono_ns();
    work();
    wall_ns.push_back(world::clock_switch::real_mono_ns() - wall);
    cpu_ns.push_back(processor_ns() - cpu);
  }
};

void canonical_over_bare_openssl(benchmark::State& state) {
  syntax::Diagnostics diagnostics;
  const auto catalogue =
      plan::Catalogue::load("docs/requirements/catalogue.req", file_reader(), diagnostics);
  engine::warm_up(adapters::make_sealgate);
  Times ours, bare_forked, bare;
  for (auto _ : state) {
    ours.measure([&] { play(catalogue); });
    bare_forked.measure(bare_in_child);
    bare.measure(engine::bare_openssl_work);
  }
  state.counters["ours_us"] = median_us(ours.wall_ns);
  state.counters["bare_forked_us"] = median_us(bare_forked.wall_ns);
  state.counters["bare_us"] = median_us(bare.wall_ns);
  state.counters["ratio"] = median_us(ours.wall_ns) / median_us(bare.wall_ns);
  state.counters["ours_cpu_us"] = median_us(ours.cpu_ns);
  state.counters["bare_forked_cpu_us"] = median_us(bare_forked.cpu_ns);
  state.counters["bare_cpu_us"] = median_us(bare.cpu_ns);
  state.counters["ratio_cpu"] = median_us(ours.cpu_ns) / median_us(bare.cpu_ns);
  state.counters["least_ours_cpu_us"] = least_us(ours.cpu_ns);
  state.counters["least_bare_forked_cpu_us"] = least_us(bare_forked.cpu_ns);
  state.counters["least_bare_cpu_us"] = least_us(bare.cpu_ns);
  state.counters["least_ratio_cpu"] = least_us(ours.cpu_ns) / least_us(bare.cpu_ns);
}
BENCHMARK(canonical_over_bare_openssl)->Iterations(300)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
