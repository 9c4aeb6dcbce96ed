#include "reference/syntax/diagnostic.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/syntax/suggest.hpp"

namespace {

std::shared_ptr<const syntax::SourceFile> file(std::string name, std::string text) {
  return std::make_shared<syntax::SourceFile>(std::move(name), std::move(text));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(diagnostics)

BOOST_AUTO_TEST_CASE(show_the_line_the_place_and_a_hint) {
  const auto source =
      file("scenarios/x.scn", std::string(11, '\n') + "    expct m1 in queue delayed\r\n");
  BOOST_TEST(syntax::render({.span = {source.get(), 15, 20},
                             .message = "unknown statement 'expct'",
                             .hint = "did you mean 'expect'?"}) ==
             "scenarios/x.scn:12:5: error: unknown statement 'expct'\n"
             "   12 |     expct m1 in queue delayed\n"
             "      |     ^~~~~\n"
             "      = did you mean 'expect'?\n");
}

BOOST_AUTO_TEST_CASE(underline_in_code_points_and_keep_tabs) {
  const auto source = file("x", "\tgrün €€ a");
  BOOST_TEST(syntax::render({.span = {source.get(), 7, 13}, .message = "m"}) ==
             "x:1:7: error: m\n"
             "    1 | \tgrün €€ a\n"
             "      | \t     ^~\n");
}

BOOST_AUTO_TEST_CASE(keep_control_characters_and_long_lines_off_the_terminal) {
  const auto source = file("x", "a\x1b[31m\xff" + std::string(100000, 'b'));
  const auto out = syntax::render({.span = {source.get(), 1, 2}, .message = "m"});
  BOOST_TEST(out.find('\x1b') == std::string::npos);
  BOOST_TEST(out.find("a?[31m?bbb") != std::string::npos);
  BOOST_TEST(out.size() < 400U);
  const auto far = syntax::render({.span = {source.get(), 90000, 90001}, .message = "m"});
  BOOST_TEST(far.size() < 400U);
  BOOST_TEST(far.find(" | ...bbb") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(without_a_file_are_one_line) {
  BOOST_TEST(syntax::render({.severity = syntax::Severity::warning, .message = "m", .hint = "h"}) ==
             "warning: m\n  = h\n");
}

BOOST_AUTO_TEST_CASE(come_sorted_and_beyond_the_limit_only_counted) {
  syntax::Diagnostics collector(2);
  {
    const auto b = file("b", "one two");
    const auto a = file("a", "one");
    collector.keep(a);
    collector.keep(b);
    collector.error({b.get(), 4, 7}, "second");
    collector.warning({a.get(), 0, 3}, "first");
    collector.error({b.get(), 0, 3}, "third");
  }
  BOOST_TEST(collector.render() ==
             "a:1:1: warning: first\n    1 | one\n      | ^~~\n\n"
             "b:1:5: error: second\n    1 | one two\n      |     ^~~\n\n"
             "1 more not shown\n");
  BOOST_TEST(collector.errors() == 2U);
}

BOOST_AUTO_TEST_CASE(suggest_what_is_near_and_nothing_else) {
  BOOST_TEST(syntax::edit_distance("expect", "expect") == 0U);
  BOOST_TEST(syntax::edit_distance("Expct", "expect") == 1U);
  BOOST_TEST(syntax::edit_distance("exepct", "expect") == 1U);
  BOOST_TEST(syntax::edit_distance("", "abc") == 3U);
  const std::vector<std::string> words{"send", "expect", "never"};
  BOOST_TEST(syntax::nearest("expct", words) == "expect");
  BOOST_TEST(syntax::nearest("NEVER", words) == "never");
  BOOST_TEST(syntax::nearest("snd", words) == "send");
  BOOST_TEST(syntax::nearest("restart", words) == "");
  BOOST_TEST(syntax::nearest("x", {"y"}) == "");
  BOOST_TEST(syntax::nearest(std::string(65, 'a'), {std::string(65, 'a')}) == "");
}

BOOST_AUTO_TEST_SUITE_END()
