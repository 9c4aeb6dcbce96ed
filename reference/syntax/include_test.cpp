#include "reference/syntax/include.hpp"

#include <boost/test/unit_test.hpp>
#include <map>

namespace {

using Files = std::map<std::string, std::string>;

struct Run {
  syntax::Diagnostics diagnostics;
  syntax::Tree tree;
  std::string messages;
};

Run load(const Files& files, const syntax::Limits& limits = {}) {
  Run run;
  const syntax::Reader reader = [&](const std::string& path) -> boost::system::result<std::string> {
    const auto at = files.find(path);
    if (at != files.end()) return at->second;
    return make_error_code(boost::system::errc::no_such_file_or_directory);
  };
  run.tree = syntax::load("d/root", reader, run.diagnostics, limits);
  for (const auto& item : run.diagnostics.sorted()) {
    run.messages += syntax::to_string(item.span) + " " + item.message + "\n";
  }
  return run;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(including_files)

BOOST_AUTO_TEST_CASE(puts_their_statements_in_place_with_their_own_positions) {
  const auto run = load({{"d/root", "a\ninclude \"e/one\"\nb { include \"../two\" }\n"},
                         {"d/e/one", "\nx\ninclude \"../../two\""},
                         {"two", "y z"}});
  BOOST_TEST(run.messages == "");
  std::string places;
  for (const auto& item : run.tree.statements) places += syntax::to_string(item.span()) + " ";
  BOOST_TEST(places == "d/root:1:1 d/e/one:2:1 two:1:1 d/root:3:1 ");
  BOOST_TEST(run.tree.statements.back().block->statements.at(0).tokens.at(1).text == "z");
  BOOST_TEST(run.tree.included.size() == 2U);
}

BOOST_AUTO_TEST_CASE(names_the_chain_of_a_loop) {
  const auto run = load({{"d/root", "include \"a\""},
                         {"d/a", "x { include \"b\" }"},
                         {"d/b", "include \"./../d/a\""}});
  BOOST_TEST(run.messages == "d/b:1:9 include loop: d/a -> d/b -> d/a\n");
  BOOST_TEST(load({{"d/root", "include \"root\""}}).messages ==
             "d/root:1:9 include loop: d/root -> d/root\n");
}

BOOST_AUTO_TEST_CASE(reports_what_cannot_be_read_or_understood_once) {
  const auto run = load(
      {{"d/root", "include \"no\"; include \"no\"\ninclude x\ninclude \"bad\"; include \"bad\""},
       {"d/bad", "}"}});
  BOOST_TEST(run.messages ==
             "d/bad:1:1 this '}' closes no block\n"
             "d/root:1:9 cannot read 'd/no': No such file or directory\n"
             "d/root:2:1 include takes one quoted path and nothing else\n");
  BOOST_TEST(load({}).messages == " cannot read 'd/root': No such file or directory\n");
}

BOOST_AUTO_TEST_CASE(is_bounded_in_depth_number_size_and_nesting) {
  Files files{{"d/root", "include \"1\""}};
  for (int i = 1; i < 20; ++i) {
    files["d/" + std::to_string(i)] = "include \"" + std::to_string(i + 1) + "\"";
  }
  files["d/20"] = "x";
  BOOST_TEST(load(files).messages == "d/16:1:9 files include each other more than 16 deep\n");
  BOOST_TEST(load(files, {.include_depth = 20}).messages == "");
  BOOST_TEST(load(files, {.include_depth = 20, .include_count = 3}).messages ==
             "d/3:1:9 more than 3 files are included\n");
  // Each level doubles: 2^16 copies of a file of 1000 bytes.
  Files doubling{{"d/root", "include \"1\"\ninclude \"1\""}, {"d/16", std::string(1000, 'x')}};
  for (int i = 1; i < 16; ++i) {
    const auto next = std::to_string(i + 1);
    doubling["d/" + std::to_string(i)] = "include \"" + next + "\"\ninclude \"" + next + "\"";
  }
  const auto grown = load(doubling);
  BOOST_TEST(grown.messages.find("more than the 16777216 bytes") != std::string::npos);
  BOOST_TEST(grown.diagnostics.errors() == 1U);
  BOOST_TEST(
      load({{"d/root", "a { b { include \"x\" } }"}, {"d/x", "c { }"}}, {.depth = 2}).messages ==
      "d/root:1:17 with 'd/x' in it, blocks are nested more than 2 deep\n");
}

BOOST_AUTO_TEST_CASE(resolves_paths_from_the_including_file) {
  BOOST_TEST(syntax::resolve("a/b.scn", "c.scn") == "a/c.scn");
  BOOST_TEST(syntax::resolve("a/b.scn", "../c.scn") == "c.scn");
  BOOST_TEST(syntax::resolve("b.scn", "../../c.scn") == "../../c.scn");
  BOOST_TEST(syntax::resolve("/a/b", "../../../c") == "/c");
  BOOST_TEST(syntax::resolve("a/b", "/c//./d") == "/c/d");
}

BOOST_AUTO_TEST_SUITE_END()
