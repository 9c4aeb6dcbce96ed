#include "sim/verdict/judges.hpp"

#include <iterator>

#include "sim/verdict/cleartext.hpp"
#include "sim/verdict/no_duplicate.hpp"
#include "sim/verdict/no_loop.hpp"
#include "sim/verdict/nothing_lost.hpp"
#include "sim/verdict/nothing_stored.hpp"
#include "sim/verdict/unaccounted.hpp"

namespace sealcheck::verdict {

namespace {

void add(std::vector<Assertion>& all, std::vector<Assertion> some) {
  all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
}

}  // namespace

std::vector<Assertion> run_judges(const plan::Plan& plan, const std::vector<trace::Event>& events,
                                  const std::set<std::uint64_t>& consumed) {
  std::vector<Assertion> all;
  add(all, judge_cleartext(plan, events));
  add(all, judge_nothing_stored(plan, events));
  add(all, judge_nothing_lost(plan, events));
  add(all, judge_no_duplicate(plan, events));
  add(all, judge_no_loop(plan, events));
  // A crash of the sweep tells its own story: the script's expectations do not account for it.
  if (!plan.sweep) add(all, judge_unaccounted(plan, events, consumed));
  return all;
}

std::vector<Assertion> run_judges_on_part(const plan::Plan& plan,
                                          const std::vector<trace::Event>& events) {
  std::vector<Assertion> all;
  add(all, judge_cleartext(plan, events));
  add(all, judge_nothing_stored(plan, events));
  add(all, judge_no_loop(plan, events));
  return all;
}

}  // namespace sealcheck::verdict
