#include "sim/verdict/judges.hpp"

#include <iterator>

#include "sim/verdict/cleartext.hpp"
#include "sim/verdict/no_duplicate.hpp"
#include "sim/verdict/nothing_lost.hpp"
#include "sim/verdict/unaccounted.hpp"

namespace sealcheck::verdict {

std::vector<Assertion> run_judges(const plan::Plan& plan, const std::vector<trace::Event>& events,
                                  const std::set<std::uint64_t>& consumed) {
  std::vector<Assertion> all;
  const auto add = [&](std::vector<Assertion> some) {
    all.insert(all.end(), std::make_move_iterator(some.begin()),
               std::make_move_iterator(some.end()));
  };
  add(judge_cleartext(plan, events));
  add(judge_nothing_lost(plan, events));
  add(judge_no_duplicate(plan, events));
  add(judge_unaccounted(plan, events, consumed));
  return all;
}

}  // namespace sealcheck::verdict
