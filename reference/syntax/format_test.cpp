#include "reference/syntax/format.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/syntax/parser.hpp"

namespace {

std::string formatted(const std::string& text) {
  syntax::Diagnostics diagnostics;
  const auto once = syntax::format(syntax::parse("t", text, diagnostics));
  BOOST_TEST(!diagnostics.has_errors(), diagnostics.render());
  BOOST_TEST(syntax::format(syntax::parse("t", once, diagnostics)) == once);
  return once;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_formatter)

BOOST_AUTO_TEST_CASE(lays_out_statements_blocks_and_comments) {
  BOOST_TEST(formatted("\n\n# head\r\n\r\n\r\n#second\na   b;c \"\\x41\" # note\n\n\n"
                       "d{ # open\n\n\te f;g\n\n# last\n\n}# close\nh {}\n\n# end\n") ==
             "# head\n\n#second\na b\nc \"\\x41\"  # note\n\n"
             "d {  # open\n    e f\n    g\n\n    # last\n}  # close\nh { }\n\n# end\n");
}

BOOST_AUTO_TEST_CASE(keeps_a_block_of_one_short_statement_on_its_line) {
  BOOST_TEST(formatted("a { b c } # d\n") == "a { b c }  # d\n");
  BOOST_TEST(formatted("a {b{c}}") == "a { b { c } }\n");
  BOOST_TEST(formatted("a { b; c }") == "a {\n    b\n    c\n}\n");
  BOOST_TEST(formatted("a {\nb }") == "a {\n    b\n}\n");
  const std::string wide(90, 'x');
  BOOST_TEST(formatted("a { " + wide + " y }") == "a { " + wide + " y }\n");
  BOOST_TEST(formatted("a { b { " + wide + " } }") == "a {\n    b { " + wide + " }\n}\n");
  BOOST_TEST(formatted("a \\\n b") == "a b\n");
}

BOOST_AUTO_TEST_CASE(keeps_the_breaks_of_a_statement_that_needs_them) {
  const std::string wide(50, 'x');
  const auto broken = "a {\n    " + wide + " \\\n        " + wide + " y  # why\n}\n";
  BOOST_TEST(formatted("a {\n" + wide + " \\\n" + wide + "   y # why\n}") == broken);
  BOOST_TEST(formatted(wide + " \\\n y") == wide + " y\n");
  BOOST_TEST(formatted(wide + " " + wide) == wide + " " + wide + "\n");
  BOOST_TEST(formatted(wide + " \\\n" + wide + " { }") == wide + " \\\n    " + wide + " { }\n");
  BOOST_TEST(formatted(wide + " \\\n" + wide + " { b }") ==
             wide + " \\\n    " + wide + " {\n    b\n}\n");
}

BOOST_AUTO_TEST_CASE(writes_the_tokens_of_a_program_from_their_values) {
  syntax::Statement statement;
  statement.tokens = {syntax::make_word("subject"), syntax::make_string("a \"b\"\n")};
  BOOST_TEST(syntax::format(statement, 1) == "    subject \"a \\\"b\\\"\\n\"\n");
  syntax::Diagnostics diagnostics;
  auto tree = syntax::parse("t", "tls off  # why\n", diagnostics);
  tree.statements[0].tokens[1] = syntax::make_word("on");
  BOOST_TEST(syntax::format(tree) == "tls on  # why\n");
}

BOOST_AUTO_TEST_SUITE_END()
