#include "reference/syntax/pattern.hpp"

#include <boost/test/unit_test.hpp>
#include <stdexcept>

#include "reference/syntax/values.hpp"
#include "reference/syntax/vocabulary.hpp"

namespace {

std::string error_of(const std::string& pattern) {
  try {
    syntax::Vocabulary vocabulary;
    syntax::add_standard_types(vocabulary);
    vocabulary.add_section("s", "d").declare({.id = "x", .pattern = pattern, .doc = "d"});
    vocabulary.finish();
  } catch (const std::logic_error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(patterns)

BOOST_AUTO_TEST_CASE(are_shown_as_people_write_them) {
  const auto usage = [](const char* text) { return syntax::usage(syntax::parse_pattern(text)); };
  BOOST_TEST(usage("expect <m:name> [for <r:address>] in queue <q:name> {block}") ==
             "expect <m> [for <r>] in queue <q> { ... }");
  BOOST_TEST(usage("a <b:x|y | z>... [c | <d:any>...]... ( e [f] | g ){s}?") ==
             "a (x | y | z)... [c | <d>...]... (e [f] | g) [{ ... }]");
  const auto arguments = syntax::arguments(syntax::parse_pattern("a <b:x|y> [<c:any>]"));
  BOOST_TEST(arguments.size() == 2U);
  BOOST_TEST(arguments[0].words.size() == 2U);
  BOOST_TEST(arguments[1].type == "any");
}

BOOST_AUTO_TEST_CASE(with_a_mistake_throw_and_say_where) {
  const auto says = [](const char* pattern, std::string_view part) {
    const auto error = error_of(pattern);
    BOOST_TEST(error.find(part) != std::string::npos, pattern << ": " << error);
  };
  says("", "the pattern is empty");
  says("a [b", "']' is missing");
  says("a (b | )", "nothing stands in this group");
  says("a b)", "at 4: unexpected here");
  says("a <b", "'>' is missing");
  says("a <b>", "an argument is <name:type>");
  says("a <:name>", "an argument is <name:type>");
  says("a <b:x||y>", "a choice is of words");
  says("a <b:x|x>", "names a word twice");
  says("a...", "not a word");
  says("a#b \"c\"", "not a word");
  says("a<b:name>", "a space is missing");
  says("<b:name>a", "a space is missing");
  says("a {s} b", "unexpected here");
  says("a { }", "a block is {section}");
  says("a {nowhere}", "no section 'nowhere'");
  says("a <b:colour>", "unknown type 'colour'");
  says("[a]", "without any token");
  BOOST_TEST(error_of("a {s}") == "");
}

BOOST_AUTO_TEST_SUITE_END()
