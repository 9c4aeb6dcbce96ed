#include "sim/plan/make_plans.hpp"

#include <boost/test/unit_test.hpp>
#include <map>

namespace {

using namespace sealcheck;

struct Files {
  std::map<std::string, std::string> files{
      {"catalogue.req", "chapter TLS-M \"Mandatory\" { requirement TLS-M-01 \"Works.\" }\n"}};
  syntax::Diagnostics diagnostics;

  syntax::Reader reader() {
    return [this](const std::string& path) -> boost::system::result<std::string> {
      const auto found = files.find(path);
      if (found == files.end())
        return make_error_code(boost::system::errc::no_such_file_or_directory);
      return found->second;
    };
  }

  std::vector<plan::Plan> plans(std::string text) {
    files["s/x.scn"] = std::move(text);
    const auto catalogue = plan::Catalogue::load("catalogue.req", reader(), diagnostics);
    return plan::make_plans("s/x.scn", reader(), catalogue, diagnostics);
  }

  bool complains(const std::string& text) {
    const std::string all = diagnostics.render();
    if (all.find(text) != std::string::npos) return true;
    BOOST_TEST_MESSAGE("diagnostics:\n" << all);
    return false;
  }
};

const std::string world =
    "    mx mx.partner.test for partner.test\n"
    "    gateway { encryption { tls on } }\n"
    "    send m1 from alice@corp.test to bob@partner.test carol@partner.test\n";

std::string scenario(const std::string& body) {
  return "scenario \"A title\" {\n" + world + body + "}\n";
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_plan_is_made_each_time_it_is_asked_for, Files) {
  files["s/x.scn"] = "scenario \"$n\" {\n" + world +
                     "    budget wall 1s\n    rows n { row one; row two }\n"
                     "    send m2 from alice@corp.test to bob@partner.test { subject \"$n\" }\n}\n";
  const auto catalogue = plan::Catalogue::load("catalogue.req", reader(), diagnostics);
  const plan::ScenarioFile file("s/x.scn", reader(), catalogue, diagnostics);
  BOOST_TEST(diagnostics.render() == "");
  BOOST_REQUIRE_EQUAL(file.entries().size(), 2u);
  BOOST_TEST(file.entries()[1].id == "s/x.scn#2");
  BOOST_TEST(file.entries()[1].timed);
  files.clear();  // the text was read once
  const plan::Plan second = file.make(1);
  BOOST_TEST(second.id == "s/x.scn#2");
  BOOST_TEST(second.messages.at(1).content.find("two") != std::string::npos);
  BOOST_TEST(file.make(0).messages.at(1).content.find("one") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_peer_that_nobody_reaches_is_an_error, Files) {
  plans(scenario("    mx mx.other.test for other.test\n"));
  BOOST_TEST(complains("s/x.scn:5:8: error: nobody reaches 'mx.other.test'"));
  BOOST_TEST(diagnostics.errors() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_peer_of_a_shared_world_may_be_unreached, Files) {
  files["s/world.inc"] = "mx mx.other.test for other.test\nmx mx.third.test for third.test\n";
  const auto plans = this->plans(scenario("    include \"world.inc\"\n"));
  BOOST_TEST(diagnostics.render() == "");
  BOOST_TEST(plans.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_plan_has_everything_resolved, Files) {
  const auto plans = this->plans(
      scenario("    expect mx.partner.test receives m1 for each over tls within 5m after send\n"));
  BOOST_TEST(diagnostics.render() == "");
  BOOST_REQUIRE_EQUAL(plans.size(), 1u);
  const plan::Plan& plan = plans.front();
  BOOST_TEST(plan.id == "s/x.scn");
  BOOST_TEST(plan.gateway.name == "gw.corp.test");
  BOOST_TEST(plan.gateway.configuration.find("trusted-clients 192.0.2.10") != std::string::npos);
  BOOST_TEST(plan.origins.front().internal);
  BOOST_REQUIRE_EQUAL(plan.steps.size(), 3u);  // the send, and one expectation a recipient
  const auto& expect = std::get<plan::Expect>(plan.steps[1].action);
  BOOST_TEST(to_text(expect.condition) ==
             "mx.partner.test receives m1 for bob@partner.test over tls");
  BOOST_TEST(*expect.window.to_ns == 300'000'000'000);
  BOOST_TEST((expect.window.anchor == plan::Anchor::last_send));
  BOOST_TEST(plan.steps[1].place.position == "s/x.scn:5:5");
}

BOOST_FIXTURE_TEST_CASE(rows_expand_words_and_strings, Files) {
  const auto plans = this->plans(
      "scenario \"Rows\" {\n"
      "    rows way reason { row \"answers alert handshake_failure\" a; row not-offered b }\n"
      "    mx mx.partner.test for partner.test { starttls $way }\n"
      "    gateway { encryption { tls on } }\n"
      "    send m1 from a@corp.test to b@partner.test { subject \"for $reason.\" }\n"
      "    expect m1 in queue delayed because $reason\n"
      "}\n");
  BOOST_TEST(diagnostics.render() == "");
  BOOST_REQUIRE_EQUAL(plans.size(), 2u);
  BOOST_TEST(plans[0].id == "s/x.scn#1");
  BOOST_TEST(plans[0].mxs[0].phase.alert == "handshake_failure");
  BOOST_TEST((plans[1].mxs[0].phase.starttls == plan::StartTls::not_offered));
  BOOST_TEST(plans[1].messages[0].content.find("Subject: for b. ") != std::string::npos);
  BOOST_TEST(plans[0].messages[0].canaries[0].text != plans[1].messages[0].canaries[0].text);
}

BOOST_FIXTURE_TEST_CASE(an_eml_file_is_sent_as_it_is, Files) {
  files["s/mail.eml"] =
      "Message-ID: <1@x>\nSubject: quarterly results\n\nThe first line of the real text.\nshort\n";
  const auto plans = this->plans(
      "scenario \"Eml\" {\n    mx mx.partner.test for partner.test\n"
      "    gateway { encryption { tls on } }\n"
      "    send m1 from a@corp.test to b@partner.test { eml \"mail.eml\" }\n}\n");
  BOOST_TEST(diagnostics.render() == "");
  BOOST_REQUIRE_EQUAL(plans.size(), 1u);
  const plan::Message& message = plans[0].messages[0];
  BOOST_TEST(message.message_id == "<1@x>");
  BOOST_TEST(message.content.ends_with("real text.\r\nshort\r\n"));
  BOOST_TEST(message.canaries[0].text == "quarterly results");
  BOOST_TEST(message.canaries[1].text == "The first line of the real text.");
}

BOOST_FIXTURE_TEST_CASE(mistakes_are_told_at_their_place_several_at_once, Files) {
  const auto plans =
      this->plans(scenario("    covers TLS-M-02\n"
                           "    expect m2 in queue delayed\n"
                           "    expect m1 in queue delayed\n"
                           "    never mx.partner.tset receives m1 for each\n"
                           "    change mx.other.test { starttls works }\n"
                           "    expect queue is empty within 5m after change\n"));
  BOOST_TEST(plans.empty());
  BOOST_TEST(complains("s/x.scn:5:12: error: there is no requirement TLS-M-02"));
  BOOST_TEST(complains("did you mean TLS-M-01?"));
  BOOST_TEST(complains("s/x.scn:6:12: error: no message 'm2' is sent"));
  BOOST_TEST(complains("s/x.scn:7:12: error: 'm1' has 2 recipients"));
  BOOST_TEST(complains("did you mean 'mx.partner.test'?"));
  BOOST_TEST(complains("there is no peer 'mx.other.test'"));
  BOOST_TEST(complains("there is no change before this line"));
}

BOOST_FIXTURE_TEST_CASE(an_unknown_word_is_shown_with_the_nearest_one, Files) {
  plans(scenario("    expct m1 in queue delayed\n"));
  BOOST_TEST(complains("s/x.scn:5:5: error: unknown statement 'expct'"));
  BOOST_TEST(complains("    expct m1 in queue delayed"));
  BOOST_TEST(complains("did you mean 'expect'?"));
}

BOOST_FIXTURE_TEST_CASE(tables_that_do_not_fit_are_refused, Files) {
  plans(
      "scenario \"Rows\" {\n    rows a b { row 1 }\n    mx mx.partner.test for partner.test\n"
      "    gateway { encryption { tls on } }\n}\n");
  BOOST_TEST(complains("the row has 1 values, the table 2 columns"));
}
