#include "sim/dsl/vocabulary.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/syntax/check.hpp"

BOOST_AUTO_TEST_CASE(every_example_of_the_vocabulary_is_a_statement_of_it) {
  syntax::Diagnostics diagnostics;
  syntax::check_examples(sealcheck::dsl::scenario_vocabulary(), diagnostics);
  BOOST_TEST(diagnostics.render() == "");
}
