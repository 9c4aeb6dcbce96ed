#include "reference/syntax/check.hpp"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <stdexcept>

#include "reference/syntax/format.hpp"
#include "reference/syntax/parser.hpp"
#include "reference/syntax/values.hpp"

namespace {

using namespace std::chrono_literals;

const syntax::Vocabulary& vocabulary() {
  static syntax::Vocabulary v;
  if (v.finished()) return v;
  syntax::add_standard_types(v);
  auto& file = v.add_section("file", "A file");
  file.declare({.id = "expect.queue",
                .pattern = "expect <message:name> [for <recipient:address>] in queue <queue:name> "
                           "[because <reason:name>] [within <within:duration> | between "
                           "<low:duration> and <high:duration>]",
                .doc = "The message is in a queue",
                .example = "expect m1 in queue delayed"});
  file.declare({.id = "expect.receives",
                .pattern = "expect <peer:host> receives <message:name> [over <how:tls|clear>]",
                .doc = "A peer receives it"});
  file.declare({.id = "covers", .pattern = "covers <id:requirement-id>...", .doc = "Requirements"});
  file.declare(
      {.id = "answer",
       .pattern = "answer <code:integer> [or <code:integer>]... ( quickly | after <t:duration> )",
       .doc = "Replies"});
  file.declare({.id = "greedy", .pattern = "list <item:name>... end <last:name>", .doc = "Items"});
  file.declare(
      {.id = "nested", .pattern = "nest ( <item:name>... )... end", .doc = "Repeats in repeats"});
  file.declare({.id = "title", .pattern = "title <text:string>", .doc = "The title", .once = true});
  file.declare({.id = "mx", .pattern = "mx <host:host> {mx}", .doc = "A server"});
  file.declare({.id = "group", .pattern = "group <name:name> {group}?", .doc = "Addresses"});
  auto& mx = v.add_section("mx", "A server");
  mx.declare({.id = "listen",
              .pattern = "listen <at:endpoint>",
              .doc = "Where it listens",
              .required = true});
  mx.declare({.id = "starttls", .pattern = "starttls <mode:works|off>", .doc = "STARTTLS"});
  mx.declare({.id = "limit", .pattern = "limit <size:size>", .doc = "Size limit"});
  v.add_section("group", "Members")
      .declare({.id = "member", .pattern = "<address:address>", .doc = "A member"});
  v.finish();
  return v;
}

struct Run {
  syntax::Tree tree;
  syntax::Diagnostics diagnostics;
  std::vector<syntax::Node> nodes;
  std::string problems;
};

Run run(std::string text) {
  Run out;
  out.tree = syntax::parse("t", std::move(text), out.diagnostics);
  out.nodes = syntax::check(vocabulary(), "file", out.tree, out.diagnostics);
  for (const auto& item : out.diagnostics.sorted()) {
    out.problems += syntax::to_string(item.span) + " " + item.message;
    out.problems += (item.hint.empty() ? "" : " = " + item.hint) + "\n";
  }
  return out;
}

std::string problem(std::string text) {
  return run(std::move(text)).problems;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(checking)

BOOST_AUTO_TEST_CASE(yields_nodes_with_their_arguments) {
  const auto out =
      run("expect m1 for bob@x.test in queue delayed within 1h30m\n"
          "expect m1 in queue held because tls between 1m and 2m\n"
          "expect mx.a.test receives m1 over tls");
  BOOST_TEST(out.problems == "");
  BOOST_TEST_REQUIRE(out.nodes.size() == 3U);
  const auto& first = out.nodes[0];
  BOOST_TEST(first.is("expect.queue"));
  BOOST_TEST(first.text("recipient") == "bob@x.test");
  BOOST_TEST((first.duration("within") == 90min));
  BOOST_TEST(!first.has("low"));
  BOOST_TEST(syntax::to_string(first.span("queue")) == "t:1:35");
  BOOST_TEST(first.text_or("reason", "none") == "none");
  BOOST_TEST((out.nodes[1].duration("high") == 2min));
  BOOST_TEST(out.nodes[1].text("reason") == "tls");
  BOOST_TEST(out.nodes[2].is("expect.receives"));
  BOOST_TEST(out.nodes[2].text("how") == "tls");
  BOOST_CHECK_THROW(first.text("low"), std::logic_error);
  BOOST_CHECK_THROW(first.integer("message"), std::logic_error);
}

BOOST_AUTO_TEST_CASE(matches_repeats_groups_choices_and_gives_back) {
  const auto out =
      run("covers TLS-M-02 RUL-06\nanswer 451 or 454 or 421 after 5s\nanswer 250 quickly\n"
          "list a b end end z\nlist end end end");
  BOOST_TEST(out.problems == "");
  BOOST_TEST_REQUIRE(out.nodes.size() == 5U);
  BOOST_TEST(out.nodes[0].texts("id").size() == 2U);
  BOOST_TEST(out.nodes[1].texts("code").at(2) == "421");
  BOOST_TEST(out.nodes[1].integer("code") == 451);
  BOOST_TEST(!out.nodes[2].has("t"));
  BOOST_TEST(out.nodes[3].texts("item").size() == 3U);
  BOOST_TEST(out.nodes[3].text("last") == "z");
  BOOST_TEST(out.nodes[4].texts("item").size() == 1U);
}

BOOST_AUTO_TEST_CASE(descends_into_blocks) {
  const auto out =
      run("mx a.test { listen 192.0.2.1:25; limit 5MB; limit 6MB }\ngroup g\ngroup h { a@b.c }");
  BOOST_TEST(out.problems == "");
  BOOST_TEST_REQUIRE(out.nodes.size() == 3U);
  BOOST_TEST(out.nodes[0].children_of("limit").size() == 2U);
  BOOST_TEST_REQUIRE(out.nodes[0].child("limit"));
  BOOST_TEST(out.nodes[0].child("limit")->size("size") == 5000000);
  BOOST_TEST(!out.nodes[0].child("starttls"));
  BOOST_TEST(!out.nodes[1].has_block());
  BOOST_TEST(out.nodes[2].children().at(0).text("address") == "a@b.c");
}

BOOST_AUTO_TEST_CASE(explains_an_unknown_statement) {
  BOOST_TEST(problem("expct m1") == "t:1:1 unknown statement 'expct' = did you mean 'expect'?\n");
  BOOST_TEST(problem("starttls off") ==
             "t:1:1 unknown statement 'starttls' = 'starttls' belongs in 'mx'\n");
  BOOST_TEST(problem("zzz") == "t:1:1 unknown statement 'zzz'\n");
  BOOST_TEST(problem("\"expect\" m1") ==
             "t:1:1 unknown statement \"expect\" = a statement starts with a word\n");
}

BOOST_AUTO_TEST_CASE(names_what_was_expected_at_the_furthest_token) {
  BOOST_TEST(problem("expect m1 for a@b.c in queu x") ==
             "t:1:24 unexpected 'queu', expected 'queue'"
             " = did you mean 'queue'?\n");
  BOOST_TEST(problem("expect m1 inside") ==
             "t:1:11 unexpected 'inside', expected 'for', 'in' or 'receives'\n");
  BOOST_TEST(
      problem("expect m1 \"in\" queue x") ==
      "t:1:11 unexpected \"in\", expected 'for', 'in' or 'receives' = write it without quotes\n");
  BOOST_TEST(problem("expect m1 in queue x 15m") ==
             "t:1:22 unexpected '15m', expected 'because', 'within', 'between' or the end of the "
             "statement\n");
  BOOST_TEST(problem("expect m1 in") == "t:1:13 the statement ends too early, expected 'queue'\n");
  BOOST_TEST(problem("title") ==
             "t:1:6 the statement ends too early, expected a text in quotes"
             " = the form is: title <text>\n");
}

BOOST_AUTO_TEST_CASE(describes_the_type_that_a_value_misses) {
  BOOST_TEST(problem("expect m1 in queue x within 15x") ==
             "t:1:29 '15x' is not a duration such as 15m or 1h30m\n");
  BOOST_TEST(problem("title x") == "t:1:7 'x' is not a text in quotes = write it in quotes\n");
  BOOST_TEST(problem("covers \"A-01\"") ==
             "t:1:8 \"A-01\" is not a requirement such as TLS-M-02 = write it without quotes\n");
  BOOST_TEST(problem("group g { a }") ==
             "t:1:11 'a' is not a mail address such as alice@corp.test = the form is: <address>\n");
}

BOOST_AUTO_TEST_CASE(judges_blocks_required_and_single_statements) {
  BOOST_TEST(problem("mx a.test") ==
             "t:1:10 'mx' needs a block = the form is: mx <host> { ... }\n");
  BOOST_TEST(problem("title \"x\" { y }") ==
             "t:1:11 'title' takes no block here = the form is: title <text>\n");
  BOOST_TEST(problem("mx a.test { limit 1B }") ==
             "t:1:1 missing here: listen <at> = Where it listens\n");
  BOOST_TEST(problem("title \"x\"\ntitle \"y\"") ==
             "t:2:1 'title' may stand here only once = the first is at t:1:1\n");
  // What is misspelled is not reported as missing too; a bad head does not hide a bad block.
  BOOST_TEST(
      problem("mx a.test { listen x }") ==
      "t:1:20 'x' is not a host with a port such as 192.0.2.1:25 = the form is: listen <at>\n");
  BOOST_TEST(problem("mx \"a\" { listen a.test:25; limt 3B }") ==
             "t:1:4 \"a\" is not a host name or an IP address = write it without quotes\n"
             "t:1:28 unknown statement 'limt' = did you mean 'limit'?\n");
}

BOOST_AUTO_TEST_CASE(refuses_the_programmers_mistakes) {
  syntax::Vocabulary v;
  syntax::add_standard_types(v);
  BOOST_CHECK_THROW(syntax::add_standard_types(v), std::logic_error);
  auto& section = v.add_section("s", "d");
  section.declare({.id = "a", .pattern = "a", .doc = "d", .example = "b"});
  section.declare({.id = "b", .pattern = "b", .doc = "d", .example = "b c"});
  BOOST_CHECK_THROW(section.declare({.id = "a", .pattern = "c", .doc = "d"}), std::logic_error);
  BOOST_CHECK_THROW(section.declare({.id = "c", .pattern = "a", .doc = "d"}), std::logic_error);
  BOOST_CHECK_THROW(section.declare({.id = "d", .pattern = "d"}), std::logic_error);
  BOOST_CHECK_THROW(v.add_section("s", "d"), std::logic_error);
  syntax::Diagnostics diagnostics;
  BOOST_CHECK_THROW(syntax::check(v, "s", syntax::Tree(), diagnostics), std::logic_error);
  v.finish();
  BOOST_CHECK_THROW(section.declare({.id = "e", .pattern = "e", .doc = "d"}), std::logic_error);
  BOOST_CHECK_THROW(syntax::check(v, "nowhere", syntax::Tree(), diagnostics), std::logic_error);
  syntax::check_examples(v, diagnostics);
  BOOST_TEST(diagnostics.render().find(
                 "example of s/a:1:1: error: the example is not one statement") == 0U);
  BOOST_TEST(diagnostics.errors() == 2U);
  syntax::Diagnostics fine;
  syntax::check_examples(vocabulary(), fine);
  BOOST_TEST(fine.empty());
}

BOOST_AUTO_TEST_CASE(stays_linear_on_a_statement_made_to_backtrack) {
  // Without a memory of what was tried, the repeats in repeats take 2^100000 steps.
  for (const std::string head : {"list", "nest"}) {
    auto text = head;
    for (int i = 0; i < 100000; ++i) text += " x";
    BOOST_TEST(run(text + " ?").diagnostics.errors() == 1U);
  }
}

BOOST_AUTO_TEST_CASE(survives_any_mutation_of_a_text_within_bounds) {
  const std::string seed =
      "title \"a\\x41\" # c\nmx a.test { listen a.test:25; starttls works }\n\n# d\n"
      "expect m1 for b@c.d in queue x within 1h \\\n  \ngroup g { a@b.c }\nanswer 1 or 2 quickly\n";
  const std::string alphabet = "{}\";#\\ \n\r\tax1@.\xC3\xBC";
  std::uint64_t state = 0x5EA1;
  const auto draw = [&](std::size_t below) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::size_t>(state >> 33) % below;
  };
  int sound = 0;
  for (int round = 0; round < 5000; ++round) {
    auto text = seed;
    for (auto edits = 1 + draw(8); edits > 0; --edits) {
      const auto at = draw(text.size());
      if (draw(3) == 0)
        text.erase(at, 1 + draw(4));
      else if (draw(2) == 0)
        text.insert(at, 1, alphabet[draw(alphabet.size())]);
      else
        text[at] = alphabet[draw(alphabet.size())];
    }
    syntax::Diagnostics diagnostics;
    const auto tree = syntax::parse("t", text, diagnostics);
    const bool parsed = !diagnostics.has_errors();
    syntax::check(vocabulary(), "file", tree, diagnostics);
    BOOST_TEST_REQUIRE(diagnostics.render().size() < 50000U);
    if (!parsed) continue;
    ++sound;
    syntax::Diagnostics again;
    const auto once = syntax::format(tree);
    const auto reparsed = syntax::parse("t", once, again);
    BOOST_TEST_REQUIRE(!again.has_errors(), text);
    BOOST_TEST_REQUIRE(syntax::format(reparsed) == once, text);
  }
  BOOST_TEST(sound > 100);
}

BOOST_AUTO_TEST_SUITE_END()
