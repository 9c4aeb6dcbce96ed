// How fast simulated time passes: a message whose peer stays broken, retried every 15 minutes for
// five days with a real TLS handshake each time (480 attempts), until it expires.
//
//   build/release/sim/engine/retry_benchmark            (from the repository's root)
// The counters: simulated_s_per_s, and attempts that the peer saw. docs/benchmarks.md holds
// figures.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "sim/adapters/sealgate/sealgate_sut.hpp"
#include "sim/engine/run_plan.hpp"
#include "sim/plan/make_plans.hpp"
#include "sim/world/virtual/clock_switch.hpp"

namespace {

using namespace sealcheck;

// Every attempt shakes hands and is then refused at MAIL, so that each costs a whole handshake.
constexpr const char* scenario = R"(
scenario "Five days of retries" {
    mx mx.partner.test for partner.test { replies 451 4.7.1 "not yet" to mail }
    mx mx.corp.test for corp.test
    gateway {
        encryption { tls on }
        delivery { retry-interval INTERVALm; retry-growth fixed; maximum-retry-period 5d }
        policy "All" { when subject contains "confidential"; action encrypt; deployed }
    }
    send m1 from alice@corp.test to bob@partner.test { subject "confidential" }
    expect mx.corp.test receives report failed about m1 within 6d after send
}
)";

void five_days_of_retries(benchmark::State& state) {
  std::string text = scenario;
  text.replace(text.find("INTERVAL"), 8, std::to_string(state.range(0)));
  const syntax::Reader reader = [&](const std::string&) -> boost::system::result<std::string> {
    return text;
  };
  syntax::Diagnostics diagnostics;
  const auto plans = plan::make_plans("retries.scn", reader, {}, diagnostics);
  std::int64_t simulated_ns = 0;
  std::int64_t real_ns = 0;
  double attempts = 0;
  for (auto _ : state) {
    const std::int64_t begin = world::clock_switch::real_mono_ns();
    const auto result = engine::run_plan(plans.at(0), 1, adapters::make_sealgate);
    real_ns += world::clock_switch::real_mono_ns() - begin;
    simulated_ns += result.virtual_ns;
    const auto& events = result.trace->events();
    attempts = static_cast<double>(
        std::count_if(events.begin(), events.end(),
                      [](const trace::Event& event) { return event.kind == "tls.established"; }));
    if (result.verdict != verdict::Verdict::pass) {
      for (const auto& assertion : result.assertions)
        if (assertion.verdict != verdict::Verdict::pass)
          std::fprintf(stderr, "%s: %s\n", assertion.expected.c_str(), assertion.seen.c_str());
      std::fprintf(stderr, "retry_benchmark: the scenario does not pass %s\n",
                   result.detail.c_str());
      std::abort();
    }
  }
  state.counters["attempts"] = attempts;
  state.counters["simulated_s_per_s"] =
      static_cast<double>(simulated_ns) / static_cast<double>(real_ns);
}
BENCHMARK(five_days_of_retries)
    ->ArgName("minutes")
    ->Arg(15)
    ->Arg(60)
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
