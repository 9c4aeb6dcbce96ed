#include "sim/engine/warm_up.hpp"

#include <stdexcept>

#include "sim/engine/run_plan.hpp"
#include "sim/plan/make_plans.hpp"

namespace sealcheck::engine {
namespace {

constexpr const char* scenario = R"(
scenario "Warm-up" {
    mx mx.partner.test for partner.test
    certificate "gw.pfx" for gw.corp.test good under password "abc123"
    gateway { policy "All" { when subject contains "all"; action encrypt; deployed } }
    send m1 from alice@corp.test to bob@partner.test {
        subject "all"
        must be sealed beyond gateway
    }
    expect mx.partner.test receives m1 over tls
    admin imports certificate "gw.pfx" with password "abc123"
}
)";

}  // namespace

void warm_up(const SutFactory& make_sut) {
  const syntax::Reader reader = [](const std::string&) -> boost::system::result<std::string> {
    return std::string(scenario);
  };
  syntax::Diagnostics diagnostics;
  const auto plans = plan::make_plans("warm-up.scn", reader, {}, diagnostics);
  if (plans.size() != 1) throw std::logic_error("warm-up: " + diagnostics.render());
  const RunResult result = run_plan(plans.front(), 1, make_sut);
  if (result.verdict != verdict::Verdict::pass)
    throw std::runtime_error("the lab does not work on this machine: its warm-up scenario is " +
                             std::string(to_word(result.verdict)) + " " + result.detail);
}

}  // namespace sealcheck::engine
