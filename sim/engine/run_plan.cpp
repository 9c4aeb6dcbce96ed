#include "sim/engine/run_plan.hpp"

#include <fmt/format.h>

#include <optional>

#include "sim/engine/cast.hpp"
#include "sim/engine/recorder.hpp"
#include "sim/engine/script_runner.hpp"
#include "sim/verdict/judges.hpp"
#include "sim/world/virtual/world.hpp"

namespace sealcheck::engine {
namespace {

using verdict::Assertion;
using verdict::Verdict;

Verdict worst_of(const std::vector<Assertion>& assertions) {
  Verdict worst = Verdict::pass;
  for (const Assertion& assertion : assertions) worst = verdict::worse(worst, assertion.verdict);
  return worst;
}

// A selftest passes when the lab has caught what it must catch, with the words it must use.
void invert(RunResult& result, const std::string& must_say) {
  for (const Assertion& assertion : result.assertions)
    if (assertion.verdict == Verdict::fail && assertion.seen.find(must_say) != std::string::npos) {
      result.verdict = Verdict::pass;
      return;
    }
  result.detail = fmt::format("no failed assertion says \"{}\": the lab did not notice", must_say);
  result.verdict = Verdict::fail;
}

}  // namespace

RunResult run_plan(const plan::Plan& plan, std::uint64_t seed, const SutFactory& make_sut,
                   const Budget& budget) {
  RunResult result;
  result.trace = std::make_unique<trace::Trace>();
  {
    world::World world(seed, *result.trace);
    world.scheduler().set_step_budget(budget.steps_max);
    Recorder recorder(plan, *result.trace);
    std::optional<Cast> cast;
    std::optional<ScriptRunner> runner;
    try {
      cast.emplace(world, plan, recorder);
      runner.emplace(world, plan, *cast, make_sut, budget.virtual_ns_max);
      runner->run();
      result.assertions = runner->assertions();
      for (Assertion& assertion :
           verdict::run_judges(plan, result.trace->events(), runner->consumed()))
        result.assertions.push_back(std::move(assertion));
      result.verdict = worst_of(result.assertions);
    } catch (const std::exception& error) {
      result.verdict = Verdict::error;
      result.detail = error.what();
    }
    world.end();  // before the programs' own objects go
    result.virtual_ns = world.scheduler().now();
    result.tls_secrets = world.tls_secrets();
  }
  result.hash = result.trace->hash();
  if (plan.must_fail_with && result.verdict != Verdict::error) invert(result, *plan.must_fail_with);
  return result;
}

}  // namespace sealcheck::engine
