#include "sim/dsl/lint.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/syntax/check.hpp"
#include "reference/syntax/parser.hpp"
#include "sim/dsl/known_names.hpp"
#include "sim/dsl/vocabulary.hpp"

namespace {

using namespace sealcheck;

// Two peers, and a message to each of them.
const std::string cast =
    "mx mx.a.test for a.test\nmx mx.b.test for b.test\n"
    "send m1 from x@corp.test to y@a.test\nsend m2 from x@corp.test to y@b.test\n"
    "expect mx.a.test receives m1\nexpect mx.b.test receives m2\n";

// "line: message" of each warning.
std::string warnings(const std::string& text,
                     void (*rule)(const dsl::Statements&, dsl::Warnings&)) {
  syntax::Diagnostics diagnostics;
  const auto tree = syntax::parse("t", text, diagnostics);
  const auto nodes = syntax::check(dsl::scenario_vocabulary(), "scenario", tree, diagnostics);
  BOOST_TEST(diagnostics.render() == "");
  dsl::Warnings found;
  rule(nodes, found);
  std::string out;
  for (const auto& warning : found)
    out += std::to_string(tree.source->position(warning.span.begin).line) + ": " + warning.message +
           "\n";
  return out;
}

void all_rules(const dsl::Statements& nodes, dsl::Warnings& found) {
  found = dsl::lint(nodes);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_linter)

BOOST_AUTO_TEST_CASE(has_nothing_to_say_of_a_plain_scenario) {
  BOOST_TEST(warnings(cast, all_rules) == "");
}

BOOST_AUTO_TEST_CASE(finds_replies_and_phases_that_never_count) {
  BOOST_TEST(warnings("mx mx.a.test for a.test {\nreplies 451 to rcpt\nreplies 452 to mail\n"
                      "replies 550 to rcpt\n}",
                      dsl::find_shadowed_replies) ==
             "4: 'rcpt' has a reply in this phase already\n");
  const std::string twice = "change mx.a.test { starttls works }\n";
  BOOST_TEST(warnings(cast + twice + twice, dsl::find_replaced_phases) ==
             "7: this is changed before anything could meet it\n");
  BOOST_TEST(
      warnings(cast + twice + "expect queue is empty\n" + twice, dsl::find_replaced_phases) == "");
  BOOST_TEST(warnings("mx mx.a.test for a.test\n" + twice, dsl::find_replaced_phases) ==
             "1: this is changed before anything could meet it\n");
}

BOOST_AUTO_TEST_CASE(finds_peers_and_routes_that_nobody_uses) {
  BOOST_TEST(warnings("mx mx.c.test for c.test\n" + cast, dsl::find_unreached_peers) ==
             "1: nobody reaches 'mx.c.test'\n");
  // Whoever speaks of it does not lead there; a `never` says that it is meant.
  BOOST_TEST(warnings("mx mx.c.test for c.test\nexpect mx.c.test receives m1\n" + cast,
                      dsl::find_unreached_peers) == "1: nobody reaches 'mx.c.test'\n");
  for (const char* reason : {"never mx.c.test sees ehlo\n", "send m3 from z@c.test to y@a.test\n",
                             "gateway { route \"R\" for a.test { server mx.c.test:25 } }\n",
                             "dns { record a.test MX 10 mx.c.test }\n"})
    BOOST_TEST(warnings("mx mx.c.test for c.test\n" + (reason + cast), dsl::find_unreached_peers) ==
               "");
  const std::string server = "encryption-server es.corp.test at 192.0.2.40\n";
  BOOST_TEST(warnings(server + cast, dsl::find_unreached_peers) ==
             "1: nobody reaches 'es.corp.test'\n");
  for (const char* where : {"192.0.2.40:25", "es.corp.test:25"})
    BOOST_TEST(
        warnings(server + "gateway { route \"R\" for a.test { server " + where + " } }\n" + cast,
                 dsl::find_unreached_peers) == "");
  const std::string route = "gateway { route \"R\" for c.test { server mx.c.test:25 } }\n";
  BOOST_TEST(warnings(route + cast, dsl::find_unused_routes) == "1: no message takes this route\n");
  BOOST_TEST(warnings("gateway { route \"R\" for c.test a.test }\n" + cast,
                      dsl::find_unused_routes) == "");
}

BOOST_AUTO_TEST_CASE(finds_expectations_that_cannot_fail) {
  const std::string never = "never mx.a.test receives m1\n";
  const std::string change = "change mx.a.test { starttls works }\n";
  BOOST_TEST(warnings(cast + never + change, dsl::find_empty_nevers) ==
             "7: this cannot fail: it ends before any time has passed\n");
  BOOST_TEST(warnings(cast + never + "expect queue is empty\n" + change, dsl::find_empty_nevers) ==
             "");
  BOOST_TEST(warnings(cast + never, dsl::find_empty_nevers) == "");
  BOOST_TEST(warnings(cast + never + never, dsl::find_repeated_nevers) ==
             "8: an earlier 'never' says this already\n");
  BOOST_TEST(warnings(cast + never + change + never, dsl::find_repeated_nevers) == "");
  BOOST_TEST(warnings(cast + "never ever mx.a.test receives m1\n" + change + never,
                      dsl::find_repeated_nevers) == "9: an earlier 'never' says this already\n");
  BOOST_TEST(warnings(cast + "never mx.b.test receives m1\n", dsl::find_misplaced_nevers) ==
             "7: 'mx.b.test' serves no recipient of 'm1'\n");
  BOOST_TEST(warnings(cast + "expect m1 is answered 250 or 451 or 550 or lost\n",
                      dsl::find_any_answer) == "7: this takes whatever the answer is\n");
  BOOST_TEST(warnings(cast + "expect m1 is answered 250 or lost\n", dsl::find_any_answer) == "");
}

BOOST_AUTO_TEST_CASE(finds_settings_that_nothing_uses) {
  const auto gateway = [](const std::string& settings) {
    return cast + "gateway {\n" + settings + "}\n";
  };
  const std::string dictionary = "dictionary \"D\" { word \"x\" }\n";
  BOOST_TEST(warnings(gateway(dictionary), dsl::find_unused_settings) ==
             "8: no condition looks for the words of 'D'\n");
  BOOST_TEST(warnings(gateway("group \"G\" of x@corp.test\nadministrator ann at a@corp.test\n" +
                              std::string("action-plan \"P\" { email drop }\n")),
                      dsl::find_unused_settings) ==
             "8: no rule is about the group 'G'\n9: no policy is owned by 'ann'\n"
             "10: no rule selects the plan 'P'\n");
  const std::string policy =
      "policy \"A\" {\nwhen subject contains \"a\"\nplan \"P\"\nowners ann\n";
  BOOST_TEST(
      warnings(gateway("administrator ann at a@corp.test\naction-plan \"P\" { email drop }\n" +
                       policy + "deployed\n}\n"),
               all_rules) == "");
  BOOST_TEST(warnings(gateway(policy + "}\n"), dsl::find_drafts) ==
             "8: the policy 'A' is never in force\n");
  BOOST_TEST(warnings(gateway(policy + "}\n") + "admin deploys policies\n", dsl::find_drafts) ==
             "");
}

BOOST_AUTO_TEST_CASE(finds_policies_that_never_decide) {
  const auto gateway = [](const std::string& first, const std::string& second) {
    const auto policy = [](const std::string& name, const std::string& rest) {
      return "policy \"" + name + "\" { when subject contains \"a\"; deployed; " + rest + " }\n";
    };
    return cast + "gateway {\n" + policy("A", first) + policy("B", second) + "}\n";
  };
  const auto found = [&](const std::string& first, const std::string& second) {
    return warnings(gateway(first, second), dsl::find_shadowed_policies);
  };
  BOOST_TEST(found("action encrypt", "action drop") == "8: the policy 'A' never decides\n");
  BOOST_TEST(found("action drop", "action encrypt") == "9: the policy 'B' never decides\n");
  BOOST_TEST(found("action drop", "action drop") == "9: the policy 'B' never decides\n");
  BOOST_TEST(found("action drop", "action encrypt; to a.test") == "");
  BOOST_TEST(found("action drop", "action encrypt; when body contains \"b\"") == "");
}

BOOST_AUTO_TEST_CASE(does_not_question_what_a_selftest_expects) {
  const std::string unwatched = "send m3 from x@corp.test to z@a.test\n";
  BOOST_TEST(warnings(cast + unwatched, all_rules) == "7: nothing is expected of 'm3'\n");
  BOOST_TEST(warnings(cast + unwatched + "must fail with \"x\"\n", all_rules) == "");
}

BOOST_AUTO_TEST_CASE(finds_messages_of_which_nothing_is_expected) {
  BOOST_TEST(warnings(cast + "send m3 from x@corp.test to z@a.test\n",
                      dsl::find_unwatched_messages) == "7: nothing is expected of 'm3'\n");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_CASE(the_names_of_a_text_are_known_by_argument) {
  const dsl::KnownNames names("scenario { rows way reason { row a b }\n" + cast);
  const auto has = [&](const char* argument, const char* name) {
    const auto all = names.for_argument(argument);
    return std::find(all.begin(), all.end(), name) != all.end();
  };
  BOOST_TEST(has("peer", "mx.b.test"));
  BOOST_TEST(has("message", "m2"));
  BOOST_TEST(has("recipient", "y@a.test"));
  BOOST_TEST(has("side", "gateway"));
  BOOST_TEST(has("$", "reason"));
  BOOST_TEST(!has("message", "mx.a.test"));
}
