#include "reference/syntax/lexer.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/syntax/tree.hpp"

namespace {

using Kind = syntax::Lexeme::Kind;

struct Run {
  std::string kinds;  // one letter each: w s { } ; n # and . for the end
  std::vector<std::string> texts;
  std::vector<syntax::Diagnostic> problems;
};

Run lex(std::string text) {
  auto file = std::make_shared<syntax::SourceFile>("t", std::move(text));
  static std::vector<std::shared_ptr<syntax::SourceFile>> kept;
  kept.push_back(file);
  syntax::Diagnostics diagnostics;
  syntax::Lexer lexer(*file, diagnostics);
  Run run;
  while (true) {
    const auto lexeme = lexer.next();
    run.kinds += "ws{};n#."[static_cast<std::size_t>(lexeme.kind)];
    if (lexeme.kind == Kind::end) break;
    if (!lexeme.text.empty() || lexeme.kind == Kind::string) run.texts.push_back(lexeme.text);
  }
  run.problems = diagnostics.sorted();
  return run;
}

std::string value_of(const std::string& quoted) {
  const auto run = lex(quoted);
  BOOST_TEST_REQUIRE(run.kinds == "s.");
  BOOST_TEST(run.problems.empty());
  return run.texts.at(0);
}

std::string problem_of(const std::string& text) {
  const auto run = lex(text);
  BOOST_TEST_REQUIRE(run.problems.size() == 1U);
  return std::to_string(run.problems[0].span.begin) + " " + run.problems[0].message;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_lexer)

BOOST_AUTO_TEST_CASE(takes_as_a_word_whatever_has_no_space_brace_semicolon_or_quote) {
  for (const std::string word : {"15m", "alice@corp.test", "10.0.0.0/8", "TLS-M-02", "X-Foo:bar",
                                 "file#row", "\\d+", "a\\", "grün", "[2001:db8::1]:25"}) {
    const auto run = lex(" " + word + "\t");
    BOOST_TEST(run.kinds == "w.");
    BOOST_TEST(run.texts.at(0) == word);
    BOOST_TEST(run.problems.empty());
    BOOST_TEST(syntax::is_word(word));
  }
  for (const std::string text : {"", "#a", "a b", "a\"", "a{", "a;", "\\", "a\n", "\xff"}) {
    BOOST_TEST(!syntax::is_word(text));
  }
  BOOST_CHECK_THROW(syntax::make_word("a b"), std::logic_error);
}

BOOST_AUTO_TEST_CASE(cuts_braces_separators_comments_and_both_line_ends) {
  const auto run =
      lex("\xEF\xBB\xBF"
          "a{b;}# c d \r\n\ne # f");
  BOOST_TEST(run.kinds == "w{w;}#nnw#.");
  BOOST_TEST(run.texts == (std::vector<std::string>{"a", "b", "# c d", "e", "# f"}),
             boost::test_tools::per_element());
  BOOST_TEST(run.problems.empty());
}

BOOST_AUTO_TEST_CASE(resolves_every_escape) {
  BOOST_TEST(value_of(R"("\"")") == "\"");
  BOOST_TEST(value_of(R"("\\")") == "\\");
  BOOST_TEST(value_of(R"("a\nb")") == "a\nb");
  BOOST_TEST(value_of(R"("\r")") == "\r");
  BOOST_TEST(value_of(R"("\t")") == "\t");
  BOOST_TEST(value_of(R"("\0")") == std::string(1, '\0'));
  BOOST_TEST(value_of(R"("\xfF\x00")") == std::string("\xff\0", 2));
  BOOST_TEST(value_of("\"{ ; # \xC3\xBC\t}\"") == "{ ; # \xC3\xBC\t}");
  BOOST_TEST(value_of("\"\"") == "");
}

BOOST_AUTO_TEST_CASE(quotes_any_bytes_so_that_they_read_back) {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  BOOST_TEST(value_of(syntax::quote(all)) == all);
  BOOST_TEST(syntax::quote("ü\"\n\x01\xff") == "\"ü\\\"\\n\\x01\\xff\"");
}

BOOST_AUTO_TEST_CASE(joins_lines_at_a_lone_backslash) {
  BOOST_TEST(lex("a \\\nb").kinds == "ww.");
  BOOST_TEST(lex("a \\  \r\n  b").kinds == "ww.");
  BOOST_TEST(lex("a\\\nb").kinds == "wnw.");
  BOOST_TEST(problem_of("a \\ b") ==
             "2 a lone backslash continues a statement only at the end of a line");
  BOOST_TEST(problem_of("a \\") ==
             "2 a lone backslash continues a statement only at the end of a line");
}

BOOST_AUTO_TEST_CASE(reports_each_mistake_at_its_place_and_goes_on) {
  BOOST_TEST(problem_of("a \"b\nc") == "2 the string is not closed on its line");
  BOOST_TEST(problem_of("a \"b\\") == "2 the string is not closed on its line");
  BOOST_TEST(problem_of("\"a\\qb\"") == "2 unknown escape");
  BOOST_TEST(problem_of("\"\\x4\"") == "1 \\x needs two hexadecimal digits");
  BOOST_TEST(problem_of("a\"b\"") == "1 a space is missing before this");
  BOOST_TEST(problem_of("\"b\"a") == "3 a space is missing before this");
  BOOST_TEST(problem_of("a \x1b b") == "2 control character 0x1b in the text");
  BOOST_TEST(problem_of("a \r b") == "2 control character 0x0d in the text");
  BOOST_TEST(problem_of("\"a\x7f\"") == "2 control character 0x7f in the text");
  BOOST_TEST(lex("a \"b\nc").kinds == "wsnw.");
}

BOOST_AUTO_TEST_CASE(refuses_what_is_not_utf_8_once_at_the_first_bad_byte) {
  BOOST_TEST(problem_of("ab \xff \xff") == "3 byte 0xff is not valid UTF-8 here");
  BOOST_TEST(problem_of("\xC0\xAF") == "0 byte 0xc0 is not valid UTF-8 here");
  BOOST_TEST(problem_of("\xED\xA0\x80") == "0 byte 0xed is not valid UTF-8 here");
  BOOST_TEST(problem_of("\xF4\x90\x80\x80") == "0 byte 0xf4 is not valid UTF-8 here");
  BOOST_TEST(problem_of("a\xE2\x82") == "1 byte 0xe2 is not valid UTF-8 here");
  BOOST_TEST(problem_of(std::string("a b\0c", 5)) == "3 NUL in the text");
  BOOST_TEST(lex("ab \xff").kinds == ".");
  BOOST_TEST(lex("\xE2\x82\xAC \xF0\x9F\x94\x92").kinds == "ww.");
}

BOOST_AUTO_TEST_SUITE_END()
