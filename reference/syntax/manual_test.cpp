#include "reference/syntax/manual.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/syntax/textmate.hpp"
#include "reference/syntax/values.hpp"

namespace {

const syntax::Vocabulary& vocabulary() {
  static syntax::Vocabulary v;
  if (v.finished()) return v;
  syntax::add_standard_types(v);
  v.add_section("world", "A world.")
      .declare({.id = "wait",
                .pattern = "wait <async=async> <time:duration> [<end:soft|hard>] {inner}?",
                .doc = "Waits",
                .console = "Settings > Wait",
                .example = "wait async 5m",
                .defaults = "no wait",
                .required = true,
                .once = true});
  v.add_section("inner", "Inside").declare({.id = "x", .pattern = "<any:name>", .doc = "A name."});
  v.finish();
  return v;
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_manual_says_all_that_a_declaration_says) {
  BOOST_TEST(syntax::manual(vocabulary()) ==
             "## world\n\nA world.\n\n### wait async\n\n```\n"
             "wait async <time> [(soft | hard)] [{ ... }]\n```\n\nWaits.\n\n"
             "Must stand in each such block. At most once. Without it: no wait. "
             "Console: Settings > Wait. Its block: [inner](#inner).\n"
             "\n| argument | is |\n|---|---|\n| time | a duration such as 15m or 1h30m |\n"
             "| end | `soft`, `hard` |\n\nExample:\n\n```\nwait async 5m\n```\n\n"
             "## inner\n\nInside.\n\nThe block of `wait async` in [world](#world).\n\n### "
             "x\n\n```\n<any>\n```\n\nA name.\n"
             "\n| argument | is |\n|---|---|\n"
             "| any | a name of letters, digits, '-', '_' and '.' |\n");
}

BOOST_AUTO_TEST_CASE(the_grammar_knows_the_words_of_the_vocabulary) {
  const auto grammar =
      syntax::textmate_grammar(vocabulary(), {"Test", "source.test", {"scn", "inc"}});
  const auto has = [&](std::string_view text) { return grammar.find(text) != std::string::npos; };
  BOOST_TEST(has("\"scopeName\": \"source.test\""));
  BOOST_TEST(has("\"fileTypes\": [\"scn\", \"inc\"]"));
  BOOST_TEST(has("(?:include|wait)"));
  BOOST_TEST(has("(?:async|hard|soft|wait)"));
}
