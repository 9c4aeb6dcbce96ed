#include "sim/verdict/matching.hpp"

#include <boost/test/unit_test.hpp>

using sealcheck::verdict::Matching;

BOOST_AUTO_TEST_CASE(an_event_accounts_for_one_part_at_most) {
  Matching matching(2);
  matching.offer(7, {0, 1});
  BOOST_TEST(!matching.complete());
  BOOST_TEST((matching.event_of(0).has_value() != matching.event_of(1).has_value()));
  matching.offer(9, {0, 1});
  BOOST_TEST(matching.complete());
  BOOST_TEST(matching.event_of(0).value() != matching.event_of(1).value());
}

BOOST_AUTO_TEST_CASE(the_order_of_the_events_never_decides) {
  Matching matching(3);
  matching.offer(1, {0, 1, 2});  // takes the first, and has to give way
  matching.offer(2, {0, 1});
  matching.offer(3, {0});
  BOOST_TEST(matching.complete());
  BOOST_TEST(matching.event_of(0).value() == 3u);
  BOOST_TEST(matching.event_of(1).value() == 2u);
  BOOST_TEST(matching.event_of(2).value() == 1u);
}

BOOST_AUTO_TEST_CASE(what_fits_nowhere_is_left_alone) {
  Matching matching(1);
  matching.offer(1, {});
  BOOST_TEST(!matching.event_of(0).has_value());
  matching.offer(2, {0});
  matching.offer(3, {0});
  BOOST_TEST(matching.event_of(0).value() == 2u);
}
