#include "reference/settings/read_settings.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/settings/vocabulary.hpp"
#include "reference/syntax/check.hpp"
#include "reference/syntax/parser.hpp"
#include "reference/syntax/values.hpp"

namespace {

using namespace sealgate;
using namespace std::chrono_literals;

const std::string needed =
    "hostname gw.corp.test; protected-domain corp.test; dns-server 192.0.2.53:53\n";

settings::Settings good(const std::string& text) {
  syntax::Diagnostics diagnostics;
  auto read = settings::parse_settings("sealgate.conf", needed + text, diagnostics);
  BOOST_TEST(diagnostics.render() == "");
  BOOST_REQUIRE(read.has_value());
  return *std::move(read);
}

/// The first line of each diagnostic: "sealgate.conf:2:7: error: …".
std::vector<std::string> complaints(const std::string& text) {
  syntax::Diagnostics diagnostics;
  const auto read = settings::parse_settings("sealgate.conf", text, diagnostics);
  BOOST_TEST(!read.has_value());
  std::vector<std::string> lines;
  for (const auto& diagnostic : diagnostics.sorted()) {
    lines.push_back(to_string(diagnostic.span) + " " + diagnostic.message);
  }
  return lines;
}

void expect(const std::string& text, const std::vector<std::string>& expected) {
  const auto seen = complaints(text);
  BOOST_TEST(seen == expected, boost::test_tools::per_element());
}

}  // namespace

BOOST_AUTO_TEST_CASE(enforced_tls_and_the_loop_limit_are_read) {
  const auto read = good(
      "inbound-tls { required from 198.51.100.0/24 2001:db8::/32; required of senders at "
      "partner.test; client-certificate on request }\n"
      "received-maximum 5; delivery { delay-notice after 4h }");
  const auto from = [&](const char* client) {
    return read.requires_tls_from(boost::asio::ip::make_address(client));
  };
  BOOST_TEST((from("198.51.100.7") && from("2001:db8::7") && !from("192.0.2.7")));
  BOOST_TEST(read.inbound_tls.required_of.contains("Partner.test"));
  BOOST_TEST(read.inbound_tls.request_client_certificate);
  BOOST_TEST(read.received_max == 5u);
  BOOST_TEST((read.delivery.delay_notice == 4h));
  expect(needed + "received-maximum 0", {"sealgate.conf:2:18 every message has a Received line"});
}

BOOST_AUTO_TEST_CASE(a_fresh_configuration_has_mandatory_tls_and_the_documented_defaults) {
  const auto read = good("");
  BOOST_TEST(read.hostname == "gw.corp.test");
  BOOST_TEST(read.protected_domains.contains("CORP.test"));
  BOOST_TEST(read.encryption.tls);
  BOOST_TEST((read.tls == settings::Tls{}));
  BOOST_TEST(read.tls.strength_bits_min == 128);
  BOOST_TEST((read.delivery.retry.interval == 15min));
  BOOST_TEST((read.delivery.retry.max_period == 1440min));
  BOOST_TEST((read.delivery.retry.growth == queue::RetryGrowth::doubling));
  BOOST_TEST(!read.delivery.notification_address.has_value());
  BOOST_TEST(!read.delivery.delay_notice.has_value());
  BOOST_TEST(read.received_max == 100u);
  BOOST_TEST(read.inbound_tls.required_from.empty());
  BOOST_TEST(!read.inbound_tls.request_client_certificate);
  BOOST_REQUIRE(read.listen.size() == 1u);
  BOOST_TEST(read.listen[0].to_string() == "0.0.0.0:25");
  BOOST_TEST(read.message_bytes_max == 50'000'000u);
  BOOST_TEST(read.trusted_clients.empty());
}

BOOST_AUTO_TEST_CASE(every_statement_reaches_its_setting) {
  const auto read = good(R"(
trusted-clients 198.51.100.0/24 2001:db8::/32
listen 192.0.2.1:2525 [2001:db8::1]:25
encryption { tls off }
tls { versions 1.3 to 1.3; level encrypt; strength-minimum 256 }
delivery {
    retry-interval 5m; retry-growth fixed; maximum-retry-period 1h
    notification-address postmaster@corp.test
}
message-size-maximum 1MB
route "Partners" for partner.test *.partner.test {
    tls marked
    server mx.partner.test:2525 preference 20
    server 192.0.2.9
}
route "Rest" for *
policy "Confidential" { when subject contains "top secret"; action encrypt; deployed }
policy "Draft" { when subject contains "draft"; action permit; for inbound internal }
)");
  BOOST_TEST(read.trusts(boost::asio::ip::make_address("198.51.100.7")));
  BOOST_TEST(!read.trusts(boost::asio::ip::make_address("198.51.101.7")));
  BOOST_REQUIRE(read.listen.size() == 2u);
  BOOST_TEST(read.listen[1].to_string() == "[2001:db8::1]:25");
  BOOST_TEST(!read.encryption.tls);
  BOOST_TEST((read.tls.version_min == settings::TlsVersion::tls1_3));
  BOOST_TEST(read.tls.strength_bits_min == 256);
  BOOST_TEST((read.delivery.retry.interval == 5min));
  BOOST_TEST((read.delivery.retry.growth == queue::RetryGrowth::fixed));
  BOOST_TEST((read.delivery.retry.max_period == 1h));
  BOOST_TEST(read.delivery.notification_address.value() == "postmaster@corp.test");
  BOOST_TEST(read.message_bytes_max == 1'000'000u);

  const auto* partners = read.routes.find("sub.partner.test");
  BOOST_REQUIRE(partners != nullptr);
  BOOST_TEST(partners->tls);
  BOOST_REQUIRE(partners->servers.size() == 2u);
  BOOST_TEST(partners->servers[0].host == "mx.partner.test");
  BOOST_TEST(partners->servers[0].port == 2525);
  BOOST_TEST(partners->servers[0].preference == 20);
  BOOST_TEST(partners->servers[1].host == "192.0.2.9");
  BOOST_TEST(partners->servers[1].port == 25);
  BOOST_TEST(!read.routes.find("elsewhere.test")->tls);  // TLS-O-09

  BOOST_REQUIRE(read.policies.policies.size() == 2u);
  BOOST_TEST(read.policies.policies[0].deployed);
  BOOST_TEST(!read.policies.policies[1].deployed);
}

BOOST_AUTO_TEST_CASE(what_a_daemon_cannot_do_without_is_asked_for) {
  expect("hostname gw.corp.test", {"sealgate.conf:1:1 'protected-domain' is missing",
                                   "sealgate.conf:1:1 'dns-server' is missing"});
}

BOOST_AUTO_TEST_CASE(contradictions_are_reported_at_their_place) {
  expect(needed + R"(route "A" for a.test b.test
route "B" for c.test B.test
route "A" for d.test
policy "P" { action encrypt; deployed }
policy "Q" { when subject contains "x"; action encrypt }
policy "Q" { when subject contains "y"; action encrypt }
tls { versions 1.3 to 1.2 }
delivery { retry-interval 10ms }
route "E" for e.test { server mx.test:25 preference 0; server mx.test:0 }
)",
         {"sealgate.conf:3:22 'B.test' has a route already",
          "sealgate.conf:4:7 there is a route 'A' already",
          "sealgate.conf:5:1 the policy 'P' has no condition",
          "sealgate.conf:7:8 there is a policy 'Q' already",
          "sealgate.conf:8:7 the maximum TLS version is below the minimum",
          "sealgate.conf:9:27 the retry interval is below one second",
          "sealgate.conf:10:53 the preference is not between 1 and 65535",
          "sealgate.conf:10:63 the port is 0"});
}

BOOST_AUTO_TEST_CASE(a_route_has_sixteen_servers_and_no_more) {
  std::string route = "route \"Big\" for big.test {\n";
  for (int i = 1; i <= 16; ++i) route += "server mx" + std::to_string(i) + ".big.test\n";
  BOOST_TEST(good(route + "}\n").routes.find("big.test")->servers.size() == 16u);
  expect(needed + route + "server mx17.big.test\n}\n",
         {"sealgate.conf:19:1 more than 16 servers in a route"});
}

BOOST_AUTO_TEST_CASE(an_unknown_word_is_reported_with_the_nearest_one) {
  syntax::Diagnostics diagnostics;
  settings::parse_settings("sealgate.conf", needed + "encrpytion { tls on }\n", diagnostics);
  BOOST_REQUIRE(diagnostics.errors() == 1u);
  const auto diagnostic = diagnostics.sorted().front();
  BOOST_TEST(to_string(diagnostic.span) == "sealgate.conf:2:1");
  BOOST_TEST(diagnostic.hint == "did you mean 'encryption'?");
}

BOOST_AUTO_TEST_CASE(a_list_takes_the_place_of_the_default_list_and_the_rest_stays) {
  settings::Settings defaults;
  defaults.hostname = "gw.lab.test";
  defaults.protected_domains.add("lab.test");
  syntax::Vocabulary vocabulary;
  syntax::add_standard_types(vocabulary);
  settings::declare_settings(vocabulary);
  vocabulary.finish();
  syntax::Diagnostics diagnostics;
  const auto tree = syntax::parse("x.scn", "protected-domain corp.test", diagnostics);
  const auto nodes = syntax::check(vocabulary, "gateway", tree, diagnostics);
  const auto read = settings::read_settings(nodes, diagnostics, defaults);
  BOOST_TEST(read.hostname == "gw.lab.test");
  BOOST_TEST(!read.protected_domains.contains("lab.test"));
  BOOST_TEST(read.protected_domains.contains("corp.test"));
}

BOOST_AUTO_TEST_CASE(a_level_that_verifies_needs_somebody_to_trust) {  // RUL-04
  using settings::TlsLevel;
  BOOST_TEST((good("tls { level encrypt-cn }").tls.level == TlsLevel::encrypt_cn));
  const auto read = good("tls { level verify-cn; trusted-ca \"ca.pem\"; trusted-ca \"b.pem\" }");
  BOOST_TEST((read.tls.level == TlsLevel::verify_cn));
  BOOST_TEST((read.tls.trusted_cas == std::vector<std::string>{"ca.pem", "b.pem"}));
  expect(needed + "tls { level verify }",
         {"sealgate.conf:2:13 nobody is trusted: no peer can pass this level"});
}

BOOST_AUTO_TEST_CASE(all_four_versions_can_be_chosen) {  // RUL-33
  const auto read = good("tls { versions 1.0 to 1.1 }");
  BOOST_TEST((read.tls.version_min == settings::TlsVersion::tls1_0));
  BOOST_TEST((read.tls.version_max == settings::TlsVersion::tls1_1));
  expect(needed + "tls { versions 1.3 to 1.0 }",
         {"sealgate.conf:2:7 the maximum TLS version is below the minimum"});
}

BOOST_AUTO_TEST_CASE(limits_per_destination_are_counts) {
  const auto read = good("delivery { connections-per-destination 2; messages-per-connection 1 }");
  BOOST_TEST(read.delivery.connections_per_destination == 2);
  BOOST_TEST(read.delivery.messages_per_connection == 1);
  expect(needed + "delivery { connections-per-destination 0 }",
         {"sealgate.conf:2:40 the limit is not between 1 and 1000"});
}

BOOST_AUTO_TEST_CASE(there_are_three_methods_and_no_more) {  // GEN-02, RUL-20
  using settings::OtherMethod;
  BOOST_TEST((good("").encryption.other == OtherMethod::none));
  BOOST_TEST((good("encryption { other-method none }").encryption.other == OtherMethod::none));
  const auto alone = good("encryption { tls off; other-method hybrid }");
  BOOST_TEST((!alone.encryption.tls && alone.encryption.other == OtherMethod::hybrid));
  const auto behind = good(
      "encryption { other-method third-party }\n"
      "third-party { trigger \"X:y\"; success \"X:s\"; failure \"X:f\"; server e.test:25 }");
  BOOST_TEST((behind.encryption.tls && behind.encryption.other == OtherMethod::third_party));
  BOOST_TEST(!complaints(needed + "encryption { other-method smime }").empty());
  BOOST_TEST(!complaints(needed + "encryption { other-method hybrid; other-method none }").empty());
}

BOOST_AUTO_TEST_CASE(hybrid_beside_tls_warns) {  // HYB-08
  syntax::Diagnostics diagnostics;
  const auto read = settings::parse_settings(
      "sealgate.conf", needed + "encryption { other-method hybrid }", diagnostics);
  BOOST_REQUIRE(read.has_value());
  BOOST_TEST(read->encryption.tls);
  BOOST_REQUIRE(diagnostics.sorted().size() == 1u);
  const auto warning = diagnostics.sorted().front();
  BOOST_TEST(to_string(warning.span) == "sealgate.conf:2:27");
  BOOST_TEST(warning.hint == "say tls off in the same block");
}

BOOST_AUTO_TEST_CASE(the_hybrid_service_has_its_states) {  // HYB-01 to HYB-04
  const auto fresh = good("hybrid { }").hybrid;
  BOOST_TEST((!fresh.anywhere && !fresh.add_on && !fresh.registered && !fresh.enabled &&
              !fresh.account_enabled && fresh.servers.empty()));
  const auto read =
      good(
          "hybrid { edition anywhere; add-on advanced-email-encryption; registered; enabled\n"
          "account enabled; server in.hybrid.test; server 192.0.2.1:2525 }")
          .hybrid;
  BOOST_TEST(
      (read.anywhere && read.add_on && read.registered && read.enabled && read.account_enabled));
  BOOST_REQUIRE(read.servers.size() == 2u);
  BOOST_TEST(read.servers[0].host == "in.hybrid.test");
  BOOST_TEST(read.servers[0].port == 25);
  BOOST_TEST(read.servers[1].port == 2525);
  BOOST_TEST(!good("hybrid { edition standard }").hybrid.anywhere);
  expect(needed + "hybrid { server mx.test:0 }", {"sealgate.conf:2:17 the port is 0"});
}

BOOST_AUTO_TEST_CASE(the_hybrid_service_encrypts_outbound_mail_only) {  // HYB-24
  const std::string inbound =
      "policy \"P\" { when subject contains \"x\"; action encrypt; for outbound inbound }\n";
  good("encryption { tls on }\n" + inbound);
  expect(needed + "encryption { tls off; other-method hybrid }\n" + inbound,
         {"sealgate.conf:2:36 the policy 'P' encrypts other mail than outbound, which the hybrid "
          "service never does"});
}
