#include <boost/test/unit_test.hpp>

#include "sim/plan/make_plans.hpp"

namespace {

using namespace sealcheck;

// A scenario with two mail exchangers and one message, and what it says of its paths.
struct Paths {
  syntax::Diagnostics diagnostics;

  std::vector<plan::Plan> plans(const std::string& statements) {
    const std::string text =
        "scenario \"Paths\" {\n"
        "    mx mx.partner.test for partner.test\n"
        "    mx mx.elsewhere.test for elsewhere.test\n"
        "    gateway { encryption { tls on } }\n"
        "    send m1 from alice@corp.test to bob@partner.test carol@elsewhere.test\n" +
        statements + "}\n";
    const auto reader = [text](const std::string& path) -> boost::system::result<std::string> {
      if (path == "x.scn") return text;
      return std::string("chapter A \"None\" { requirement A-01 \"None.\" }\n");
    };
    const auto catalogue = plan::Catalogue::load("catalogue.req", reader, diagnostics);
    return plan::make_plans("x.scn", reader, catalogue, diagnostics);
  }

  plan::Path only_path(const std::string& block) {
    const auto made = plans("path between gateway and mx.partner.test {" + block + "}\n");
    BOOST_TEST(diagnostics.render() == "");
    BOOST_REQUIRE_EQUAL(made.size(), 1u);
    BOOST_REQUIRE_EQUAL(made.front().paths.size(), 1u);
    return made.front().paths.front();
  }

  bool complains(const std::string& text) {
    const std::string all = diagnostics.render();
    if (all.find(text) != std::string::npos) return true;
    BOOST_TEST_MESSAGE("diagnostics:\n" << all);
    return false;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(names_stand_for_hosts, Paths) {
  const auto made = plans(
      "path between gateway and mx.partner.test { }\n"
      "path between dns and gateway { }\n"
      "path between people.corp.test and gw.corp.test { }\n");
  BOOST_TEST(diagnostics.render() == "");
  BOOST_REQUIRE_EQUAL(made.size(), 1u);
  BOOST_REQUIRE_EQUAL(made.front().paths.size(), 3u);
  BOOST_TEST(made.front().paths[0].one == "gw.corp.test");
  BOOST_TEST(made.front().paths[0].other == "mx.partner.test");
  BOOST_TEST(made.front().paths[1].one == "dns.corp.test");
  BOOST_TEST(made.front().paths[2].one == "people.corp.test");
  BOOST_TEST(made.front().paths[2].other == "gw.corp.test");
}

BOOST_FIXTURE_TEST_CASE(a_statement_without_a_side_is_about_both_directions, Paths) {
  const plan::Path path = only_path(
      "latency 40ms with jitter up to 5ms; bandwidth 64kB per second; window 4kB; coalesced; "
      "segments of at most 500B; refuses; loses 30 percent of datagrams; party strips starttls");
  for (const plan::PathPhase& phase : {path.from_one, path.from_other}) {
    BOOST_TEST(phase.latency_ns == 40'000'000);
    BOOST_TEST(phase.jitter_ns == 5'000'000);
    BOOST_TEST(phase.bytes_per_second == 64'000);
    BOOST_TEST(phase.window_bytes == 4000u);
    BOOST_TEST(phase.segment_bytes_max == 500u);
    BOOST_TEST(phase.coalesces);
    BOOST_TEST(phase.refuses);
    BOOST_TEST(phase.datagram_loss_percent == 30u);
    BOOST_TEST(phase.party_strips_starttls);
    BOOST_TEST(!phase.swallows);
  }
}

BOOST_FIXTURE_TEST_CASE(a_statement_with_a_side_is_about_one_direction, Paths) {
  const plan::Path path = only_path(
      "resets at byte 100 from gateway; stalls at byte 300 from mx.partner.test; "
      "chopped into 1 from gateway; chopped at bytes 3 5 from mx.partner.test; "
      "party flips a bit at byte 7 from gateway; "
      "party injects \"a\\r\\n\" after \"go\" from mx.partner.test; "
      "party injects \"b\" at byte 9 from mx.partner.test; swallows everything from gateway");
  BOOST_TEST(path.from_one.reset_at.value() == 100u);
  BOOST_TEST(!path.from_other.reset_at);
  BOOST_TEST(path.from_other.stall_at.value() == 300u);
  BOOST_TEST(path.from_one.piece_bytes_max == 1u);
  BOOST_TEST(path.from_other.piece_bytes_max == 0u);
  BOOST_TEST(path.from_other.cuts.size() == 2u);
  BOOST_TEST(path.from_one.flips.front() == 7u);
  BOOST_REQUIRE_EQUAL(path.from_other.injections.size(), 2u);
  BOOST_TEST(path.from_other.injections[0].bytes == "a\r\n");
  BOOST_TEST(path.from_other.injections[0].after_text == "go");
  BOOST_TEST(path.from_other.injections[1].offset.value() == 9u);
  BOOST_TEST(path.from_one.swallows);
  BOOST_TEST(!path.from_other.swallows);
}

BOOST_FIXTURE_TEST_CASE(a_change_is_a_step_and_an_anchor, Paths) {
  const auto made = plans(
      "change path between gateway and mx.partner.test { }\n"
      "expect queue is empty within 5m after change\n");
  BOOST_TEST(diagnostics.render() == "");
  BOOST_REQUIRE_EQUAL(made.size(), 1u);
  const auto& change = std::get<plan::ChangePath>(made.front().steps[1].action);
  BOOST_TEST(change.path.other == "mx.partner.test");
  BOOST_TEST(change.path.from_one.latency_ns == 1'000'000);
}

BOOST_FIXTURE_TEST_CASE(mistakes_are_told_at_their_place, Paths) {
  plans(
      "path between gateway and mx.partner.tset { }\n"
      "path between gateway and gw.corp.test { }\n"
      "path between gateway and mx.partner.test { resets at byte 1 from mx.elsewhere.test }\n"
      "path between mx.partner.test and gateway { window 0B }\n"
      "path between gateway and dns { loses 101 percent of datagrams; chopped into 0 }\n"
      "change path between gateway and nobody { party injects \"\" at byte 1 from gateway }\n");
  BOOST_TEST(complains("x.scn:6:26: error: there is no host 'mx.partner.tset'"));
  BOOST_TEST(complains("did you mean 'mx.partner.test'?"));
  BOOST_TEST(complains("a path has two ends"));
  BOOST_TEST(complains("'mx.elsewhere.test' is at neither end of this path"));
  BOOST_TEST(complains("this path is described already"));
  BOOST_TEST(complains("this is at least 1"));
  BOOST_TEST(complains("this lies between 0 and 100"));
  BOOST_TEST(complains("there is no host 'nobody'"));
}
