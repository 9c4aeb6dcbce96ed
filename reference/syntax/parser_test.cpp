#include "reference/syntax/parser.hpp"

#include <boost/test/unit_test.hpp>

namespace {

// One line for a tree: tokens joined by '.', blocks in braces.
std::string shape(const std::vector<syntax::Statement>& statements) {
  std::string out;
  for (const auto& statement : statements) {
    if (!out.empty()) out += ' ';
    for (const auto& token : statement.tokens) {
      if (&token != &statement.tokens.front()) out += '.';
      out += token.text;
    }
    if (statement.block) out += "{" + shape(statement.block->statements) + "}";
  }
  return out;
}

struct Run {
  syntax::Tree tree;
  syntax::Diagnostics diagnostics;
  std::string text;
};

Run run(std::string text, const syntax::Limits& limits = {}) {
  Run out;
  out.tree = syntax::parse("t", std::move(text), out.diagnostics, limits);
  out.text = shape(out.tree.statements);
  return out;
}

std::string problems(const Run& run) {
  std::string out;
  for (const auto& item : run.diagnostics.sorted()) {
    out += syntax::to_string(item.span) + " " + item.message + "\n";
  }
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_parser)

BOOST_AUTO_TEST_CASE(ends_statements_at_newlines_semicolons_and_braces) {
  BOOST_TEST(run("a b; c\nd {e; f g {h}} i\n;;\nj { }").text == "a.b c d{e f.g{h}} i j{}");
  BOOST_TEST(run("a {\n  b\n\n  c }\r\nd \\\n e").text == "a{b c} d.e");
  BOOST_TEST(run("").text == "");
}

BOOST_AUTO_TEST_CASE(reports_several_errors_of_one_text) {
  const auto out = run("a }\n{ b }\nc \"x\nd {\n  e");
  BOOST_TEST(problems(out) ==
             "t:1:3 this '}' closes no block\n"
             "t:2:1 a block without a statement\n"
             "t:3:3 the string is not closed on its line\n"
             "t:4:3 this block is never closed\n");
  BOOST_TEST(out.text == "a c.x d{e}");
}

BOOST_AUTO_TEST_CASE(bounds_the_depth_of_blocks_and_goes_on_behind) {
  const auto nested = [](std::size_t depth) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) text += "a {";
    return text + std::string(depth, '}') + "\nb";
  };
  BOOST_TEST(problems(run(nested(64))) == "");
  const auto out = run(nested(65));
  BOOST_TEST(problems(out) == "t:1:195 blocks are nested more than 64 deep\n");
  BOOST_TEST(out.tree.statements.back().starts_with("b"));
  BOOST_TEST(run(nested(200000)).diagnostics.errors() == 1U);
  std::string open;
  for (int i = 0; i < 100000; ++i) open += "a {";
  BOOST_TEST(run(open).diagnostics.errors() == 1U);
  BOOST_TEST(problems(run("a {\nb {\n")) == "t:2:3 this block is never closed\n");
}

BOOST_AUTO_TEST_CASE(refuses_a_text_beyond_the_limit) {
  const auto out = run("abcdef", {.file_bytes = 5});
  BOOST_TEST(problems(out) == "t:1:1 the file has 6 bytes, more than the 5 that are allowed\n");
  BOOST_TEST(problems(run("abcde", {.file_bytes = 5})) == "");
}

BOOST_AUTO_TEST_CASE(keeps_comments_and_blank_lines) {
  const auto out =
      run("# head\n\n# above a\na { # behind the brace\n  b # behind b\n\n  # last\n} # behind "
          "a\n\nc\n# end\n");
  const auto& a = out.tree.statements.at(0);
  BOOST_TEST(a.comments.at(0).text == "# head");
  BOOST_TEST(a.comments.at(1).text == "# above a");
  BOOST_TEST(a.comments.at(1).blank_before);
  BOOST_TEST(!a.blank_before);
  BOOST_TEST(a.block->opening_comment == "# behind the brace");
  BOOST_TEST(!a.block->on_one_line);
  BOOST_TEST(a.block->statements.at(0).trailing_comment == "# behind b");
  BOOST_TEST(a.block->last_comments.at(0).text == "# last");
  BOOST_TEST(a.block->last_comments.at(0).blank_before);
  BOOST_TEST(a.trailing_comment == "# behind a");
  BOOST_TEST(out.tree.statements.at(1).blank_before);
  BOOST_TEST(out.tree.last_comments.at(0).text == "# end");
}

BOOST_AUTO_TEST_CASE(gives_every_token_its_place_in_code_points) {
  const auto out = run("grün \"€\" x\n\ty");
  const auto& tokens = out.tree.statements.at(0).tokens;
  BOOST_TEST(syntax::to_string(tokens.at(1).span) == "t:1:6");
  BOOST_TEST(tokens.at(1).span.text() == "\"€\"");
  BOOST_TEST(syntax::to_string(tokens.at(2).span) == "t:1:10");
  BOOST_TEST(syntax::to_string(out.tree.statements.at(1).span()) == "t:2:2");
}

BOOST_AUTO_TEST_SUITE_END()
