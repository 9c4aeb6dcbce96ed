// Plays one plan in a simulated world and judges it.
//
// Deterministic: the result depends on plan, seed and gateway alone. Nothing a peer or the gateway
// does throws out of here; a fault of the lab itself becomes the verdict error, with its reason.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sim/engine/sut.hpp"
#include "sim/plan/plan.hpp"
#include "sim/trace/trace.hpp"
#include "sim/verdict/verdict.hpp"

namespace sealcheck::engine {

struct Budget {
  std::uint64_t steps_max = 20'000'000;                         ///< tasks and timers of the world
  std::int64_t virtual_ns_max = 30LL * 86'400 * 1'000'000'000;  ///< 30 days
};

struct RunResult {
  verdict::Verdict verdict = verdict::Verdict::pass;
  std::string detail;  ///< the reason of an error, or why a selftest did not fail as it must
  std::vector<verdict::Assertion> assertions;
  std::string hash;
  std::int64_t virtual_ns = 0;
  std::unique_ptr<trace::Trace> trace;
  std::string tls_secrets;
};

RunResult run_plan(const plan::Plan& plan, std::uint64_t seed, const SutFactory& make_sut,
                   const Budget& budget = {});

}  // namespace sealcheck::engine
