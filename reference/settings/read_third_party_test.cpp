#include <boost/test/unit_test.hpp>

#include "reference/settings/read_settings.hpp"

namespace {

using namespace sealgate;

const std::string needed =
    "hostname gw.corp.test; protected-domain corp.test; dns-server 192.0.2.53:53\n";
const std::string headers =
    "trigger \"X-Encrypt:yes\"; success \"X-Status:done\"; failure \"X-Status:failed\"; ";
const std::string server = "server 192.0.2.40:25; ";

settings::Settings good(const std::string& text) {
  syntax::Diagnostics diagnostics;
  auto read = settings::parse_settings("sealgate.conf", needed + text, diagnostics);
  BOOST_TEST(diagnostics.render() == "");
  BOOST_REQUIRE(read.has_value());
  return *std::move(read);
}

/// The message of the only diagnostic, its hint behind it.
std::string complaint(const std::string& text) {
  syntax::Diagnostics diagnostics;
  const auto read = settings::parse_settings("sealgate.conf", needed + text, diagnostics);
  BOOST_TEST(!read.has_value());
  BOOST_TEST_REQUIRE(diagnostics.errors() == 1u, diagnostics.render());
  const auto only = diagnostics.sorted().front();
  BOOST_TEST(to_string(only.span).starts_with("sealgate.conf:2:"));
  return only.message + "; " + only.hint;
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

bool in_default_group(const settings::Settings& read, const char* client) {
  return read.ip_groups.front().contains(boost::asio::ip::make_address(client));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(read_third_party)

BOOST_AUTO_TEST_CASE(a_fresh_installation_has_the_default_group_and_no_third_party) {  // TPA-09
  const auto read = good("");
  BOOST_REQUIRE(read.ip_groups.size() == 1u);
  BOOST_TEST(read.ip_groups[0].name == "Encryption Gateway");
  BOOST_TEST(read.ip_groups[0].networks.empty());
  BOOST_TEST(!read.third_party.has_value());
  BOOST_TEST(!read.is_encryption_server(boost::asio::ip::make_address("192.0.2.40")));
}

BOOST_AUTO_TEST_CASE(groups_hold_addresses_networks_and_ipv6) {
  const auto read = good(
      "ip-group \"Branch\" { address 203.0.113.1 }\n"
      "ip-group \"Encryption Gateway\" { address 192.0.2.40 198.51.100.0/28; address "
      "2001:db8::/64 }");
  BOOST_REQUIRE(read.ip_groups.size() == 2u);
  BOOST_TEST(read.ip_groups[0].name == "Encryption Gateway");
  BOOST_TEST(read.ip_groups[1].name == "Branch");
  for (const char* member : {"192.0.2.40", "198.51.100.15", "2001:db8::ffff"})
    BOOST_TEST(in_default_group(read, member), member);
  for (const char* other : {"192.0.2.41", "198.51.100.16", "2001:db8:0:1::1", "203.0.113.1"})
    BOOST_TEST(!in_default_group(read, other), other);
}

BOOST_AUTO_TEST_CASE(groups_are_told_apart_by_name) {
  BOOST_TEST(holds(complaint("ip-group \"A\" { }; ip-group \"A\" { address 192.0.2.1 }"),
                   "there is an IP group 'A' already"));
  BOOST_TEST(holds(complaint("ip-group \"\" { }"), "needs a name"));
  BOOST_TEST(good("ip-group \"A\"").ip_groups.size() == 2u);
  const auto bad = complaint("ip-group \"A\" { address 192.0.2.1/33 }");
  BOOST_TEST(!bad.empty());
}

BOOST_AUTO_TEST_CASE(every_statement_reaches_its_setting) {  // TPA-10, TPA-11, TPA-20
  const auto read =
      good("ip-group \"Sealers\" { address 192.0.2.0/24 }; third-party { " + headers +
           "server 192.0.2.40:2525; server enc.corp.test:25; server [2001:db8::1]:25; "
           "encrypted-group \"Sealers\" }");
  BOOST_REQUIRE(read.third_party.has_value());
  const settings::ThirdParty& third = *read.third_party;
  BOOST_TEST((third.trigger == settings::XHeader{"X-Encrypt", "yes"}));
  BOOST_TEST((third.success == settings::XHeader{"X-Status", "done"}));
  BOOST_TEST((third.failure == settings::XHeader{"X-Status", "failed"}));
  const std::vector<settings::EncryptionServer> servers = {
      {"192.0.2.40", 2525}, {"enc.corp.test", 25}, {"2001:db8::1", 25}};
  BOOST_TEST((third.servers == servers));
  BOOST_TEST(third.encrypted_group == "Sealers");
  BOOST_TEST(read.is_encryption_server(boost::asio::ip::make_address("192.0.2.40")));
  BOOST_TEST(!read.is_encryption_server(boost::asio::ip::make_address("192.0.3.40")));
}

BOOST_AUTO_TEST_CASE(what_is_not_said_is_the_default) {
  const auto read = good("third-party { " + headers + server + "}").third_party;
  BOOST_TEST(read->encrypted_group == "Encryption Gateway");
}

BOOST_AUTO_TEST_CASE(what_is_missing_is_named_with_its_remedy) {
  BOOST_TEST(holds(complaint("third-party { " + headers + "}"),
                   "'server' is missing; say server encryption.corp.test:25"));
  BOOST_TEST(holds(complaint("third-party { trigger \"X:y\"; success \"X:z\"; " + server + "}"),
                   "'failure' is missing; say failure \"header name:value\""));
}

BOOST_AUTO_TEST_CASE(a_malformed_header_is_refused_under_its_name) {  // TPA-18
  const std::string others = "success \"X-Status:done\"; failure \"X-Status:failed\"; " + server;
  BOOST_TEST(holds(complaint("third-party { trigger \"Received:x\"; " + others + "}"),
                   "Encryption X-header: 'Received' is a field of the message"));
  BOOST_TEST(holds(complaint("third-party { trigger \"X-Encrypt\"; " + others + "}"), "no colon"));
  BOOST_TEST(holds(complaint("third-party { trigger \"x-status: done\"; " + others + "}"),
                   "'X-Status:done' is the trigger header already"));
}

BOOST_AUTO_TEST_CASE(servers_and_groups_that_contradict_are_refused) {
  const auto with = [](const std::string& rest) {
    return complaint("third-party { " + headers + server + rest + " }");
  };
  BOOST_TEST(holds(with("server 192.0.2.40:25"), "'192.0.2.40:25' is in the list already"));
  BOOST_TEST(holds(with("server 192.0.2.41:0"), "port"));
  BOOST_TEST(holds(with("encrypted-group \"Sealers\""),
                   "there is no IP group 'Sealers'; there are 'Encryption Gateway'"));
}

BOOST_AUTO_TEST_SUITE_END()
