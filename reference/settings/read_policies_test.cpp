#include "reference/settings/read_policies.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/policy/policy_text.hpp"

namespace {

using namespace sealgate;

std::optional<policy::PolicySet> parse(const std::string& text, std::string* said = nullptr) {
  syntax::Diagnostics diagnostics;
  auto parsed = settings::parse_policies("t", text, diagnostics);
  if (said) *said = diagnostics.render();
  return parsed;
}

/// It is refused, and the first line of what is said holds this.
void refused(const std::string& text, const std::string& expected) {
  std::string said;
  BOOST_TEST(!parse(text, &said));
  BOOST_TEST(said.find(expected) != std::string::npos, text << " said " << said);
}

std::string policy_with(const std::string& statements) {
  return "policy \"P\" { action encrypt; " + statements + " }";
}

const std::string everything = R"(
administrator carol at carol@corp.test
group "Board" of alice@corp.test @board.corp.test
dictionary "Projects" { word "falcon" weight 2; word "heron" }
action-plan "Seal" { description "Nothing in clear"; email encrypt }
dlp-mode monitor for inbound internal
policy "Cards" {
    description "Numbers of cards"
    owners carol
    deployed
    rule "By number" {
        description "Sixteen digits"
        when body or attachments matches "\\b[0-9]{4}( ?[0-9]{4}){3}\\b"
        when a file is named "*.dwg" or "plan-[0-9].pdf"
        when a file is of type "application/pdf" or "image/*"
        when a file is larger than 5kB
        when there are more than 3 attachments
        when the message is smaller than 20MB
        when anywhere holds words of "Projects" weighing 3 or more
        match 2 conditions
        severity high
        plan "Seal"
        from users dave@corp.test @hq.corp.test
        from computers 192.0.2.0/24
        except from groups "Board"
        for outbound internal
        to partner.test *.partner.test
        except to sub.partner.test
    }
}
policy "Short" { when subject contains "confidential" or "secret"; action drop; match any }
)";

}  // namespace

BOOST_AUTO_TEST_CASE(everything_that_can_be_said_is_read) {
  std::string said;
  const auto read = parse(everything, &said);
  BOOST_TEST(said == "");
  BOOST_REQUIRE(read);
  BOOST_TEST((read->mode(policy::Direction::inbound) == policy::Mode::monitor));
  BOOST_TEST((read->mode(policy::Direction::outbound) == policy::Mode::enforce));
  BOOST_REQUIRE(read->policies.size() == 2u);
  const auto& cards = read->policies[0];
  BOOST_TEST(cards.deployed);
  BOOST_TEST(cards.owners == std::vector<std::string>{"carol"}, boost::test_tools::per_element());
  BOOST_REQUIRE(cards.rules.size() == 1u);
  const auto& rule = cards.rules[0];
  BOOST_TEST(rule.name == "By number");
  BOOST_TEST(rule.conditions.size() == 7u);
  BOOST_TEST(rule.needed == 2u);
  BOOST_TEST(rule.plan == "Seal");
  BOOST_TEST((rule.action == policy::Action::encrypt));
  BOOST_TEST((rule.severity == policy::Severity::high));
  BOOST_TEST(rule.source.from.users.size() == 2u);
  BOOST_TEST(rule.source.except.groups.size() == 1u);
  BOOST_TEST(rule.destination.except.size() == 1u);
  const auto& shortly = read->policies[1];
  BOOST_TEST(!shortly.deployed);
  BOOST_TEST(shortly.rules.at(0).name == "Short");
  BOOST_TEST((shortly.rules[0].action == policy::Action::drop));
}

BOOST_AUTO_TEST_CASE(what_is_written_reads_back_the_same) {
  auto read = parse(everything).value();
  for (auto& policy : read.policies) policy.deployed = true;
  const auto text = policy::to_text(read);
  std::string said;
  const auto again = parse(text, &said);
  BOOST_TEST(said == "");
  BOOST_REQUIRE(again);
  BOOST_TEST((*again == read));
  BOOST_TEST(policy::to_text(*again) == text);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_meant_is_refused_with_field_and_reason) {
  refused(policy_with("when body matches \"a(\""), "the pattern cannot be used: missing )");
  refused(policy_with("when body matches \"a*\""), "it matches the empty text");
  refused(policy_with(""), "the policy 'P' has no condition");
  refused("policy \"P\" { rule \"R\" { action drop } }", "the rule 'R' has no condition");
  refused("policy \"P\" { when subject contains \"x\" }", "neither an action nor a plan");
  refused("policy \"P\" { when subject contains \"x\"; plan \"Q\" }",
          "there is no action plan 'Q'");
  refused(
      "action-plan \"Q\" { email drop }\n" + policy_with("when subject contains \"x\"; plan \"Q\""),
      "an action or a plan, not both");
  const auto fine = policy_with("when subject contains \"x\"");
  refused(fine + "\n" + fine, "there is a policy 'P' already");
  refused(policy_with("when subject contains \"x\"; owners nobody"),
          "the owner 'nobody' is no administrator");
  refused(policy_with("when subject contains \" \""), "the phrase is empty");
  refused(policy_with("when a file is named \"a[b\""),
          "the file name pattern cannot be used: a '[' is not closed");
  refused(policy_with("when a file is of type \"pdf\""), "no media type");
  refused("dictionary \"D\" { word \"x\" }\n" +
              policy_with("when body holds words of \"D\" weighing 0 or more"),
          "the threshold is not between 1 and");
  refused(policy_with("when body holds words of \"D\""), "there is no dictionary 'D'");
  refused("dictionary \"D\" { }", "the dictionary 'D' has no words");
  refused("dictionary \"D\" { word \"x\" weight 0 }", "the weight is not between 1 and");
  refused(policy_with("when subject contains \"x\"; match 2 conditions"),
          "2 of 1 conditions cannot be met");
  refused(policy_with("when subject contains \"x\"; from groups \"G\""), "there is no group 'G'");
  refused(policy_with("when a file is smaller than 0B"), "nothing is that small");
  refused(policy_with("when there are more than -1 attachments"), "nothing is that small");
  refused("administrator a at a@x.test\nadministrator a at b@x.test",
          "there is an administrator 'a' already");
  refused(
      "policy \"P\" { rule \"R\" { when subject contains \"x\"; action drop }\n"
      "rule \"R\" { when subject contains \"x\"; action drop } }",
      "the policy has a rule 'R' already");
}
