#include "sim/dsl/fault_words.hpp"

#include <boost/test/unit_test.hpp>

using sealcheck::dsl::ordinal;

BOOST_AUTO_TEST_CASE(ordinals_are_read_as_people_write_them) {
  BOOST_TEST(ordinal("1st").value() == 1u);
  BOOST_TEST(ordinal("2nd").value() == 2u);
  BOOST_TEST(ordinal("3rd").value() == 3u);
  BOOST_TEST(ordinal("11th").value() == 11u);
  BOOST_TEST(ordinal("21st").value() == 21u);
  BOOST_TEST(ordinal("112th").value() == 112u);
  for (const char* wrong : {"", "st", "3", "1th", "2st", "11st", "0th", "-1st", "01st", "+1st"})
    BOOST_TEST(!ordinal(wrong), wrong);
}
