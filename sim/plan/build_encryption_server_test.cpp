#include <boost/test/unit_test.hpp>

#include "sim/plan/test_scenario.hpp"

namespace {

using namespace sealcheck;

const std::string rest =
    "    gateway { route \"Servers\" for sealed.test { server es.corp.test:25 } }\n"
    "    send m1 from alice@corp.test to bob@partner.test\n";

plan::Made with(const std::string& server, const std::string& script = {}) {
  return plan::make("    encryption-server es.corp.test " + server + "\n" + rest + script);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(build_encryption_server)

BOOST_AUTO_TEST_CASE(a_server_is_a_peer_with_work_of_its_own) {
  const auto made = with(
      "at 192.0.2.44 port 2525 sends from 198.51.100.200 { trigger \"X-Seal: now \"; certificate "
      "for Bob@partner.test; decrypts with \"corp\" \"branch\"; viewer logs in as \"bob\" with "
      "password \"p\"; delivers mail itself "
      "over tls; works for 2m; fault twice; smtp { auth refused as \"gw\" with password \"x\" by "
      "cram-md5; disconnects at final-dot } }");
  BOOST_REQUIRE_EQUAL(made.complaints, "");
  const plan::Mx& server = made.plan().mxs.at(0);
  BOOST_TEST((server.address == "192.0.2.44" && server.port == 2525));
  BOOST_TEST(server.way_on_address == "198.51.100.200");
  BOOST_TEST(server.phase.auth.mechanisms.at(0) == "CRAM-MD5");
  BOOST_TEST(server.phase.faults.at(0).verb == "final-dot");
  const plan::EncryptionWork& work = server.encryption.value();
  BOOST_TEST((work.trigger.name == "X-Seal" && work.trigger.value == "now"));
  BOOST_TEST(work.success.name == "X-Encrypted");
  BOOST_TEST(work.certificates.at(0) == "bob@partner.test");
  BOOST_TEST((work.keys.size() == 2u && work.decryption_header == "X-Decrypted"));
  BOOST_TEST((work.viewer.user == "bob" && work.fault == "twice" && work.way == "tls"));
  BOOST_TEST((!work.returns && work.takes_ns == 120'000'000'000));
}

BOOST_AUTO_TEST_CASE(a_change_keeps_what_it_does_not_say) {
  const auto made = with("{ success \"X-A:b\"; fault never }",
                         "    change encryption of es.corp.test { fault none }\n");
  BOOST_REQUIRE_EQUAL(made.complaints, "");
  const auto& change = std::get<plan::ChangeEncryption>(made.plan().steps.at(1).action);
  BOOST_TEST((change.work.success.name == "X-A" && change.work.fault == "none"));
  BOOST_TEST(made.plan().mxs.at(0).encryption->fault == "never");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_is_said) {
  BOOST_TEST(with("at 192.0.2.1 { }").complains("may be somebody else's"));
  BOOST_TEST(with("at 192.0.2.40 sends from 192.0.2.40 { }").complains("server's own address"));
  BOOST_TEST(with("at 192.0.2.0/24 { }").complains("not a network"));
  BOOST_TEST(with("at 192.0.2.40 port 70000 { }").complains("between 1 and 65535"));
  BOOST_TEST(with("{ trigger \"X-A\" }").complains("no x-header"));
  BOOST_TEST(with("{ returns mail to gateway; delivers mail itself }").complains("already"));
  BOOST_TEST(with("{ }\n    encryption-server es.corp.test").complains("already an actor"));
  BOOST_TEST(with("{ }", "    change encryption of es.corp.test { smtp { } }\n")
                 .complains("changed on its own"));
  BOOST_TEST(with("{ }\n    mx mx.a.test for a.test", "    change encryption of mx.a.test { }\n")
                 .complains("no encryption server"));
}

BOOST_AUTO_TEST_SUITE_END()
