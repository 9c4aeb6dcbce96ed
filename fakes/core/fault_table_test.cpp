#include "fakes/core/fault_table.hpp"

#include <boost/test/unit_test.hpp>

using fakes::FaultAction;
using fakes::FaultCounter;
using fakes::FaultTable;
using fakes::Step;

namespace {

fakes::Fault fault(FaultAction action) {
  fakes::Fault result;
  result.action = action;
  return result;
}

FaultAction next(FaultCounter& counter, const FaultTable& table, Step step,
                 std::string_view argument = {}) {
  const fakes::Fault* found = counter.next(table, step, argument);
  return found ? found->action : FaultAction::none;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_rule_applies_always_or_only_the_nth_time) {
  const FaultTable table{{Step::mail, fault(FaultAction::reset), 2},
                         {Step::rcpt, fault(FaultAction::stall)}};
  FaultCounter counter;
  BOOST_CHECK(next(counter, table, Step::mail) == FaultAction::none);
  BOOST_CHECK(next(counter, table, Step::rcpt) == FaultAction::stall);
  BOOST_CHECK(next(counter, table, Step::mail) == FaultAction::reset);
  BOOST_CHECK(next(counter, table, Step::mail) == FaultAction::none);
  BOOST_CHECK(next(counter, table, Step::rcpt) == FaultAction::stall);
  BOOST_CHECK(next(counter, table, Step::data) == FaultAction::none);
}

BOOST_AUTO_TEST_CASE(the_first_rule_that_applies_wins_and_every_one_counts) {
  const FaultTable table{{Step::mail, fault(FaultAction::reset), 1},
                         {Step::mail, fault(FaultAction::stall), 1},
                         {Step::any, fault(FaultAction::disconnect), 3}};
  FaultCounter counter;
  BOOST_CHECK(next(counter, table, Step::mail) == FaultAction::reset);
  BOOST_CHECK(next(counter, table, Step::mail) == FaultAction::none);
  BOOST_CHECK(next(counter, table, Step::quit) == FaultAction::disconnect);
}

BOOST_AUTO_TEST_CASE(a_rule_may_concern_one_argument_alone) {
  const FaultTable table{{Step::rcpt, fault(FaultAction::reset), 2, "bob@"}};
  FaultCounter counter;
  BOOST_CHECK(next(counter, table, Step::rcpt, "TO:<bob@b.test>") == FaultAction::none);
  BOOST_CHECK(next(counter, table, Step::rcpt, "TO:<eve@b.test>") == FaultAction::none);
  BOOST_CHECK(next(counter, table, Step::rcpt, "TO:<bob@b.test>") == FaultAction::reset);
}

BOOST_AUTO_TEST_CASE(every_step_is_known_by_its_name) {
  for (int i = 0; i <= static_cast<int>(Step::any); ++i) {
    const auto step = static_cast<Step>(i);
    BOOST_CHECK(fakes::step_from_name(fakes::to_string(step)) == step);
  }
  BOOST_TEST(!fakes::step_from_name("vrfy").has_value());
}
