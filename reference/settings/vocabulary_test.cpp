#include "reference/settings/vocabulary.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/syntax/check.hpp"
#include "reference/syntax/values.hpp"

namespace {

struct Declared {
  syntax::Vocabulary vocabulary;

  Declared() {
    syntax::add_standard_types(vocabulary);
    sealgate::settings::declare_settings(vocabulary);
    vocabulary.finish();
  }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(every_statement_has_a_line_of_manual_a_console_page_and_an_example,
                        Declared) {
  for (const auto& section : vocabulary.sections()) {
    for (const auto& declaration : section->declarations()) {
      BOOST_TEST_CONTEXT(section->name() << "/" << declaration.id) {
        BOOST_TEST(!declaration.doc.empty());
        BOOST_TEST(!declaration.console.empty());
        BOOST_TEST(!declaration.example.empty());
      }
    }
  }
}

BOOST_FIXTURE_TEST_CASE(every_example_is_correct, Declared) {
  syntax::Diagnostics diagnostics;
  check_examples(vocabulary, diagnostics);
  BOOST_TEST(diagnostics.render() == "");
}
