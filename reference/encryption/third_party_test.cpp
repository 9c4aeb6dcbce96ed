#include "reference/encryption/third_party.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace sealgate;
using encryption::Handover;

settings::ThirdParty ready() {
  settings::ThirdParty made;
  made.trigger = {"X-Encrypt", "yes"};
  made.success = {"X-Status", "done"};
  made.failure = {"X-Status", "failed"};
  made.servers = {{"192.0.2.40", 2525}, {"enc.corp.test", 25}};
  return made;
}

encryption::Leg leg_of(const settings::ThirdParty& settings, Handover handover = {"ID1", 1}) {
  auto chosen = encryption::third_party_leg(settings, handover);
  BOOST_REQUIRE(std::holds_alternative<encryption::Leg>(chosen));
  return std::get<encryption::Leg>(std::move(chosen));
}

encryption::Unavailable refusal(const std::optional<settings::ThirdParty>& settings,
                                Handover handover = {"ID1", 1}) {
  auto chosen = encryption::third_party_leg(settings, handover);
  BOOST_REQUIRE(std::holds_alternative<encryption::Unavailable>(chosen));
  return std::get<encryption::Unavailable>(std::move(chosen));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(third_party)

BOOST_AUTO_TEST_CASE(the_leg_is_opportunistic_tls_to_the_servers_in_their_order) {  // TLS-O-07
  const auto leg = leg_of(ready());
  BOOST_TEST((leg.tls == encryption::Demand::opportunistic_tls));
  BOOST_REQUIRE(leg.servers->size() == 2u);
  BOOST_TEST(leg.servers->at(0).host == "192.0.2.40");
  BOOST_TEST(leg.servers->at(0).port == 2525);
  BOOST_TEST(leg.servers->at(0).preference < leg.servers->at(1).preference);
  BOOST_TEST(!leg.login.has_value());
  BOOST_TEST(!leg.client_certificate);
  BOOST_TEST((leg.return_within == std::chrono::hours(4)));
  auto delivers = ready();
  delivers.returns = false;
  delivers.login = settings::ServerLogin{"g", "p", "", false};
  BOOST_TEST(!leg_of(delivers).return_within.has_value());
  BOOST_TEST((leg_of(delivers).login == delivers.login));
}

BOOST_AUTO_TEST_CASE(the_trigger_is_put_on_once_and_forged_fields_go) {  // TPA-03, RUL-12
  const auto leg = leg_of(ready(), {"ID1", 2});
  BOOST_TEST(
      leg.transform("From: a@b.test\r\nx-encrypt: no\r\nX-STATUS: done\r\n"
                    "X-Sealgate-Handover: ID0; count=9\r\nSubject: x\r\n\r\nX-Encrypt: yes\r\n") ==
      "X-Sealgate-Handover: ID1; count=2\r\nX-Encrypt: yes\r\nFrom: a@b.test\r\n"
      "Subject: x\r\n\r\nX-Encrypt: yes\r\n");
  std::string big;
  for (int i = 0; i < 1001; ++i) big += "A: b\r\n";
  BOOST_TEST(leg.transform(big + "\r\n")
                 .starts_with("X-Sealgate-Handover: ID1; count=2\r\nX-Encrypt: yes\r\nA: b\r\n"));
}

BOOST_AUTO_TEST_CASE(what_is_missing_or_goes_round_is_named) {
  BOOST_TEST(refusal(std::nullopt).reason == "third-party-unavailable");
  BOOST_TEST(!refusal(std::nullopt).permanent);
  leg_of(ready(), {"ID1", 3});
  const auto loop = refusal(ready(), {"ID1", 4});  // TPA-13
  BOOST_TEST(loop.reason == "encryption-loop");
  BOOST_TEST(loop.permanent);
  BOOST_TEST(loop.text.find("3 times") != loop.text.npos);
  BOOST_TEST(loop.text.find("'Encryption Gateway'") != loop.text.npos);
}

BOOST_AUTO_TEST_CASE(a_handover_is_read_back_and_nothing_else_is) {
  const auto read = [](const std::string& value) {
    return encryption::handover_of(
        message::scan_header("X-Sealgate-Handover: " + value + "\r\n\r\n"));
  };
  const Handover given{"0123456789ABCDEF", 12};
  BOOST_TEST((read(to_field_value(given)) == given));
  for (const char* wrong : {"", "ID", "ID; count=", "ID; count=x", "ID; count=1x", "ID; count=0",
                            "ID; count=-1", "; count=1", "ID; count=99999999999"})
    BOOST_TEST(!read(wrong).has_value(), wrong);
  BOOST_TEST(!encryption::handover_of(message::scan_header("A: b\r\n\r\n")).has_value());
}

BOOST_AUTO_TEST_CASE(received_fields_tell_of_a_hand_over_too) {  // TPA-13, RUL-29
  const auto read = [](const std::string& header) {
    return encryption::handover_by_received(message::scan_header(header + "\r\n"), "gw.corp.test");
  };
  const std::string theirs = "Received: from gw.corp.test by es.corp.test with ESMTP id E1; x\r\n";
  const std::string ours =
      "Received: from es.corp.test ([192.0.2.41])\r\n\tby gw.corp.test with ESMTPS id Q2\r\n"
      "\tfor <bob@partner.test>;\r\n\tMon, 2 Mar 2026 09:00:00 +0000\r\n";
  const std::string first = "received: from a by gw.corp.test with SMTP id Q1; x\r\n";
  BOOST_TEST((read(theirs + ours + theirs + first) == Handover{"Q2", 2}));
  BOOST_TEST((read(first) == Handover{"Q1", 1}));
  BOOST_TEST(!read(theirs).has_value());
  BOOST_TEST(!read("Received: by big-gw.corp.test with SMTP id Q3; x\r\n").has_value());
  BOOST_TEST(!read("Received: from a by gw.corp.test with SMTP; id Q4\r\n").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
