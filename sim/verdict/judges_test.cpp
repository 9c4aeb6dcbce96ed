#include "sim/verdict/judges.hpp"

#include <boost/test/unit_test.hpp>

#include "sim/verdict/no_loop.hpp"
#include "sim/verdict/trace_builder.hpp"

namespace sealcheck::verdict {

BOOST_AUTO_TEST_CASE(every_judge_speaks_in_the_fixed_order) {
  TraceBuilder trace;
  trace.submitted("m1", "bob@partner.test").received(partner, "m1", "bob@partner.test").queue({});
  const std::vector<Assertion> result = run_judges(two_messages(), trace.events(), {2});
  BOOST_TEST(verdicts(result) == "pass pass pass pass pass");
  std::string order;
  for (const Assertion& assertion : result)
    order += assertion.source.substr(0, assertion.source.find(':')) + "; ";
  BOOST_TEST(order == "Cleartext; Nothing lost; No duplicate; No loop; Unaccounted; ");
}

BOOST_AUTO_TEST_CASE(each_judge_fails_on_its_own_matter) {
  TraceBuilder trace;
  trace.submitted("m2", "dave@partner.test");
  trace.received(partner, "m1", "bob@partner.test").received(partner, "m1", "bob@partner.test");
  for (std::size_t i = 0; i < passes_max; ++i) {
    trace.session(partner, "smtp.hand-back", {{"to", "bob@partner.test"}, {"message", "m1"}});
    trace.received(partner, "m1", "bob@partner.test");
  }
  trace.data(gateway, partner, body_canary).queue({});
  const std::vector<Assertion> result = run_judges(two_messages(), trace.events(), {2});
  BOOST_TEST(verdicts(result) == "fail fail fail fail fail");
}

BOOST_AUTO_TEST_CASE(a_run_without_an_end_is_judged_by_those_who_need_none) {
  TraceBuilder trace;
  trace.submitted("m1", "bob@partner.test").data(gateway, partner, body_canary);
  BOOST_TEST(verdicts(run_judges_on_part(two_messages(), trace.events())) == "fail pass");
}

}  // namespace sealcheck::verdict
