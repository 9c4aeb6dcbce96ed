#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "sim/plan/make_plans.hpp"

namespace {

using namespace sealcheck;

struct Scenario {
  syntax::Diagnostics diagnostics;

  // One mail exchanger with this block.
  std::vector<plan::Plan> plans(const std::string& mx, const std::string& more = {}) {
    const std::string text = "scenario \"A title\" {\n    mx mx.p.test for p.test { " + mx +
                             " }\n    gateway { tls { level encrypt } }\n" + more +
                             "    send m1 from alice@corp.test to bob@p.test\n}\n";
    const syntax::Reader reader =
        [text](const std::string& path) -> boost::system::result<std::string> {
      if (path == "catalogue.req") return std::string("chapter A \"A\" { requirement A-01 \"a\" }");
      return text;
    };
    const auto catalogue = plan::Catalogue::load("catalogue.req", reader, diagnostics);
    return plan::make_plans("s/x.scn", reader, catalogue, diagnostics);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_reply_can_be_for_one_recipient_and_for_some_times_only, Scenario) {
  const auto plans = this->plans(
      "replies 450 4.2.1 \"one\" \"two\" to rcpt naming bob@p.test the first 2 times\n"
      "disconnects at content the 3rd time; waits 5s before mail");
  BOOST_TEST(diagnostics.render() == "");
  const auto& faults = plans.at(0).mxs.at(0).phase.faults;
  BOOST_REQUIRE_EQUAL(faults.size(), 3u);
  BOOST_TEST(faults[0].naming == "bob@p.test");
  BOOST_TEST(faults[0].first == 2u);
  BOOST_TEST(faults[0].lines.size() == 2u);
  BOOST_TEST(faults[0].enhanced == "4.2.1");
  BOOST_CHECK(faults[1].kind == plan::StepFault::Kind::disconnect);
  BOOST_TEST(faults[1].nth == 3u);
  BOOST_TEST(faults[2].delay_ns == 5'000'000'000);
}

BOOST_FIXTURE_TEST_CASE(records_of_the_scenario_stand_in_the_place_of_those_made, Scenario) {
  const auto plans = this->plans("",
                                 "    dns { record p.test ttl 1m MX 5 mx2.p.test }\n"
                                 "    dns second { no records for p.test }\n"
                                 "    change dns { answers servfail to MX queries }\n");
  BOOST_TEST(diagnostics.render() == "");
  const auto count = [](const plan::DnsPhase& phase, const std::string& name) {
    return std::count_if(phase.records.begin(), phase.records.end(),
                         [&](const plan::DnsRecord& record) { return record.name == name; });
  };
  const auto& records = plans.at(0).dns.phase.records;
  BOOST_TEST(count(plans[0].dns.phase, "p.test") == 1);
  BOOST_TEST(records.back().value == "5 mx2.p.test");
  BOOST_TEST(records.back().ttl_s == 60u);
  BOOST_TEST(count(plans[0].second_dns->phase, "p.test") == 0);
  BOOST_TEST(count(plans[0].second_dns->phase, "mx.p.test") == 1);
  const auto& change = std::get<plan::ChangeDns>(plans[0].steps.at(0).action);
  BOOST_TEST(change.phase.faults.at(0).how == "servfail");
  BOOST_TEST(count(change.phase, "p.test") == 1);
  BOOST_TEST(plans[0].gateway.configuration.find("dns-server 192.0.2.53:53 192.0.2.54:53") !=
             std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(what_cannot_be_is_refused_at_its_place, Scenario) {
  plans("replies 199 to mail; sends \"x\" 99999999 times to mail",
        "    dns { no records for nobody.test }\n    change dns second { }\n");
  const std::string all = diagnostics.render();
  for (const char* text : {"a reply code lies between", "so many octets are no reply",
                           "no records are made for 'nobody.test'", "no second name server"})
    BOOST_TEST(all.find(text) != std::string::npos, all);
}
