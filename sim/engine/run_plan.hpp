// Plays one plan in a simulated world and judges it.
//
// Deterministic: the result depends on plan, seed and gateway alone. Nothing a peer or the gateway
// does throws out of here; a fault of the lab itself becomes the verdict error, with its reason. A
// run that uses up its budget (plan::Budget) fails, with the verdict Livelock.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sim/engine/sut.hpp"
#include "sim/plan/plan.hpp"
#include "sim/trace/trace.hpp"
#include "sim/verdict/verdict.hpp"

namespace sealcheck::engine {

struct RunResult {
  verdict::Verdict verdict = verdict::Verdict::pass;
  std::string detail;  ///< the reason of an error, or why a selftest did not fail as it must
  std::vector<verdict::Assertion> assertions;
  std::string hash;  ///< empty where the wall clock decided how far the run came
  std::int64_t virtual_ns = 0;
  std::unique_ptr<trace::Trace> trace;
  std::string tls_secrets;            ///< NSS key log lines, where they were kept
  std::int64_t wall_epoch_ns = 0;     ///< UTC at the time 0 of the trace
  std::uint64_t disk_operations = 0;  ///< of the gateway's machine
  std::uint64_t disk_commits = 0;     ///< of its databases
};

/// Whether a packet capture of the run can be decrypted. Nothing else depends on it.
enum class TlsSecrets { dropped, kept };

/// `out_of_time` is asked now and then whether the wall clock's budget is used up.
RunResult run_plan(const plan::Plan& plan, std::uint64_t seed, const SutFactory& make_sut,
                   const std::function<bool()>& out_of_time = {},
                   TlsSecrets secrets = TlsSecrets::dropped);

/// The verdict over the assertions; of a selftest, whether they say what they must.
void conclude(RunResult& result, const plan::Plan& plan);

}  // namespace sealcheck::engine
