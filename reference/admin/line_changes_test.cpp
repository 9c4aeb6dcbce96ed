#include "reference/admin/line_changes.hpp"

#include <boost/test/unit_test.hpp>

using sealgate::admin::line_changes;
using Lines = std::vector<std::string>;

BOOST_AUTO_TEST_CASE(what_went_and_what_came_is_told_in_order) {
  BOOST_TEST(line_changes("a\nb\nc\n", "a\nb\nc\n").empty());
  BOOST_TEST((line_changes("a\nb\nc\n", "a\nx\nc\n") == Lines{"- b", "+ x"}));
  BOOST_TEST((line_changes("a\nb\n", "a\nb\nc\n") == Lines{"+ c"}));
  BOOST_TEST((line_changes("a\nb\nc\nd\n", "b\nx\nd\ne\n") == Lines{"- a", "- c", "+ x", "+ e"}));
  BOOST_TEST((line_changes("", "a") == Lines{"+ a"}));
  BOOST_TEST((line_changes("a", "") == Lines{"- a"}));
}

BOOST_AUTO_TEST_CASE(layout_is_no_change) {
  BOOST_TEST(line_changes("a {\n    b\n\n}\n", "a {\n  b  \n}").empty());
}
