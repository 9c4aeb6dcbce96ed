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
  BOOST_TEST(!read->login.has_value());
  BOOST_TEST(read->returns);
  BOOST_TEST((read->return_within == std::chrono::hours(4)));
  BOOST_TEST((read->on_failure == settings::OnEncryptionFailure::hold));
  BOOST_TEST(!read->holds_unencrypted);
  BOOST_TEST(read->handovers_max == 3);
}

BOOST_AUTO_TEST_CASE(what_becomes_of_mail_that_comes_back_is_said) {  // RUL-11, RUL-28, RUL-29
  const auto with = [](const std::string& rest) {
    return *good("third-party { " + headers + server + rest + " }").third_party;
  };
  BOOST_TEST(!with("delivery-by server").returns);
  BOOST_TEST((with("return-within 30m").return_within == std::chrono::minutes(30)));
  using settings::OnEncryptionFailure;
  BOOST_TEST((with("on-failure deliver").on_failure == OnEncryptionFailure::deliver));
  BOOST_TEST((with("on-failure drop").on_failure == OnEncryptionFailure::drop));
  BOOST_TEST((with("on-failure return").on_failure == OnEncryptionFailure::send_back));
  BOOST_TEST(with("unencrypted-return failure").holds_unencrypted);
  BOOST_TEST(with("handovers-maximum 7").handovers_max == 7);
  BOOST_TEST(holds(complaint("third-party { " + headers + server + "return-within 1s }"), "below"));
  BOOST_TEST(holds(complaint("third-party { " + headers + server + "handovers-maximum 0 }"),
                   "between 1 and 100"));
}

BOOST_AUTO_TEST_CASE(a_login_has_a_user_and_a_password_that_no_complaint_shows) {
  const auto with = [](const std::string& rest) {
    return "third-party { " + headers + server + rest + " }";
  };
  const auto login =
      good(with("require-authentication user \"gateway\" password \"s3cret\"")).third_party->login;
  BOOST_REQUIRE(login.has_value());
  BOOST_TEST(login->user == "gateway");
  BOOST_TEST(login->password == "s3cret");
  BOOST_TEST(!login->in_clear);
  const auto kept = good(with("require-authentication user \"gateway\" sealed \"abc\"; "
                              "authentication-in-clear allowed"))
                        .third_party->login;
  BOOST_TEST(kept->sealed == "abc");
  BOOST_TEST(kept->password == "");
  BOOST_TEST(kept->in_clear);
  BOOST_TEST(holds(complaint(with("authentication-in-clear allowed")), "without authentication"));
  const auto bad = complaint(with("require-authentication user \"g\" password \"s3cr\\net\""));
  BOOST_TEST(holds(bad, "the password has a control character"));
  BOOST_TEST(!holds(bad, "s3cr"));
  BOOST_TEST(holds(complaint(with("require-authentication user \"\" password \"x\"")),
                   "the user is empty"));
  BOOST_TEST(holds(complaint(with("require-authentication user \"g\" password \"" +
                                  std::string(256, 'x') + "\"")),
                   "longer than 255"));
}

BOOST_AUTO_TEST_CASE(third_party_is_selected_once_it_is_set_up) {  // TPA-02
  BOOST_TEST(holds(complaint("encryption { tls off; other-method third-party }"),
                   "the third-party application is not set up; say third-party {"));
  const auto read = good("third-party { " + headers + server +
                         "}; encryption { tls off; other-method third-party }");
  BOOST_TEST((read.encryption.other == settings::OtherMethod::third_party));
  good("third-party { " + headers + server + "}");
}

BOOST_AUTO_TEST_CASE(nothing_encrypts_before_7_6) {  // GEN-03
  const std::string policy = "; policy \"P\" { when subject contains \"x\"; action encrypt }";
  good("version 7.6.0" + policy);
  good("version 8.1" + policy);
  good("version 7.5.3; encryption { tls off }");
  BOOST_TEST(holds(complaint("version 7.5.9"), "encryption needs version 7.6 or later"));
  BOOST_TEST(holds(complaint("version 6.10; encryption { tls off }" + policy),
                   "a policy that encrypts needs version 7.6 or later"));
  BOOST_TEST(holds(complaint("version 7"), "'7' is no version"));
}

BOOST_AUTO_TEST_CASE(what_is_missing_is_named_with_its_remedy) {
  BOOST_TEST(holds(complaint("third-party { " + headers + "}"),
                   "'server' is missing; say server encryption.corp.test:25"));
  BOOST_TEST(holds(complaint("third-party { trigger \"X:y\"; success \"X:z\"; " + server + "}"),
                   "'failure' is missing; say failure \"header name:value\""));
  BOOST_TEST(
      holds(complaint("third-party { }"), "'trigger', 'success', 'failure', 'server' is missing"));
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
