#include "sim/engine/run_plan.hpp"

#include <fmt/format.h>

#include <optional>

#include "sim/engine/budget.hpp"
#include "sim/engine/cast.hpp"
#include "sim/engine/recorder.hpp"
#include "sim/engine/script_runner.hpp"
#include "sim/verdict/judges.hpp"
#include "sim/world/virtual/world.hpp"

namespace sealcheck::engine {
namespace {

using verdict::Assertion;
using verdict::Verdict;

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
                   const std::function<bool()>& out_of_time, TlsSecrets secrets) {
  RunResult result;
  bool cut_off = false;  // by the wall clock
  bool unsupported = false;
  result.trace = std::make_unique<trace::Trace>();
  {
    world::World world(seed, *result.trace);
    if (secrets == TlsSecrets::kept) world.keep_tls_secrets();
    world.scheduler().set_budget(budget_of(plan, *result.trace, out_of_time));
    Recorder recorder(plan, *result.trace);
    std::optional<Cast> cast;
    std::optional<ScriptRunner> runner;
    try {
      cast.emplace(world, plan, recorder);
      runner.emplace(world, plan, *cast, make_sut, plan.budget.virtual_ns_max);
      runner->run();
      result.disk_operations = cast->gateway_machine().disk().operation_count();
      for (const trace::Event& event : result.trace->events())
        result.disk_commits += event.kind == "disk.commit" && event.actor == plan.gateway.name;
      if (!plan.sweep) result.assertions = runner->assertions();
      for (Assertion& assertion :
           verdict::run_judges(plan, result.trace->events(), runner->consumed()))
        result.assertions.push_back(std::move(assertion));
    } catch (const world::BudgetExceeded& exceeded) {
      cut_off = exceeded.resource == world::Resource::wall_time;
      if (runner) result.assertions = runner->assertions();
      const auto& events = result.trace->events();
      result.assertions.push_back(
          livelock(plan, exceeded.resource, world.scheduler().now(), events));
      for (Assertion& assertion : verdict::run_judges_on_part(plan, events))
        result.assertions.push_back(std::move(assertion));
    } catch (const Unsupported& missing) {
      unsupported = true;
      result.detail = missing.what();
      result.assertions = runner->assertions();
      for (Assertion& assertion : verdict::run_judges_on_part(plan, result.trace->events()))
        result.assertions.push_back(std::move(assertion));
    } catch (const std::exception& error) {
      result.verdict = Verdict::error;
      result.detail = error.what();
    }
    world.end();  // before the programs' own objects go
    result.virtual_ns = world.scheduler().now();
    result.tls_secrets = world.tls_secrets();
    result.wall_epoch_ns = world.wall_epoch().time_since_epoch().count();
  }
  if (!cut_off) result.hash = result.trace->hash();
  conclude(result, plan);
  // What held up to there does not make it a pass; what failed stays failed.
  if (unsupported && result.verdict == Verdict::pass) result.verdict = Verdict::unsupported;
  return result;
}

void conclude(RunResult& result, const plan::Plan& plan) {
  for (const Assertion& assertion : result.assertions)
    result.verdict = verdict::worse(result.verdict, assertion.verdict);
  if (plan.must_fail_with && result.verdict != Verdict::error) invert(result, *plan.must_fail_with);
}

}  // namespace sealcheck::engine
