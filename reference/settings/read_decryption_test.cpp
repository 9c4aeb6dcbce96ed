#include <boost/test/unit_test.hpp>

#include "reference/settings/read_settings.hpp"

namespace {

using namespace sealgate;

const std::string needed =
    "hostname gw.corp.test; protected-domain corp.test; dns-server 192.0.2.53:53\n"
    "ip-group \"Decryption\" { address 192.0.2.40 }\n";
const std::string headers = "success \"X-Decrypted:yes\"; failure \"X-Decrypted:no\"; ";

std::optional<settings::Settings> parse(const std::string& text, std::string& said) {
  syntax::Diagnostics diagnostics;
  auto read = settings::parse_settings("sealgate.conf", needed + text, diagnostics);
  said = diagnostics.render();
  return read;
}

/// Part of what is said about a wrong text.
bool is_refused_with(const std::string& text, const std::string& part) {
  std::string said;
  const bool refused = !parse(text, said);
  BOOST_TEST_CONTEXT(said) BOOST_TEST(refused);
  return said.find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(read_decryption)

BOOST_AUTO_TEST_CASE(both_ways_have_headers_of_their_own) {
  std::string said;
  const auto read = parse(
      "decryption { encryption-gateway { server decrypt.corp.test:2525; server 192.0.2.40; "
      "group \"Decryption\"; " +
          headers +
          "}; hybrid-service { group \"Encryption Gateway\"; "
          "success \"X-Hybrid-Decryption: success\"; failure \"X-Hybrid-Decryption: failed\" } }",
      said);
  BOOST_TEST(said == "");
  BOOST_REQUIRE(read.has_value());
  const auto& [gateway, service] = read->decryption;
  BOOST_REQUIRE((gateway && service));
  BOOST_TEST(gateway->servers.size() == 2u);
  BOOST_TEST(gateway->servers[0].host == "decrypt.corp.test");
  BOOST_TEST(gateway->servers[0].port == 2525);
  BOOST_TEST(gateway->results.group == "Decryption");
  BOOST_TEST(gateway->results.failure.text() == "X-Decrypted:no");
  BOOST_TEST(service->success.text() == "X-Hybrid-Decryption:success");
}

BOOST_AUTO_TEST_CASE(a_fresh_installation_decrypts_nothing) {  // HYB-33
  std::string said;
  const auto read = parse("", said);
  BOOST_REQUIRE(read.has_value());
  BOOST_TEST((!read->decryption.gateway && !read->decryption.service));
}

BOOST_AUTO_TEST_CASE(what_is_missing_or_contradicts_is_refused) {
  const auto gateway = [](const std::string& text) {
    return "decryption { encryption-gateway { " + text + " } }";
  };
  BOOST_TEST(is_refused_with(gateway(headers + "group \"Decryption\""), "'server' is missing"));
  BOOST_TEST(is_refused_with(gateway(headers + "server 192.0.2.40"), "'group' is missing"));
  BOOST_TEST(is_refused_with(gateway("server 192.0.2.40; group \"Decryption\"; success \"X-A:b\""),
                             "'failure' is missing"));
  BOOST_TEST(is_refused_with(gateway(headers + "server 192.0.2.40; group \"Nobody\""),
                             "there is no IP group 'Nobody'"));
  BOOST_TEST(is_refused_with(gateway("server 192.0.2.40; group \"Decryption\"; success \"X-A:b\"; "
                                     "failure \"x-a: b\""),
                             "is the success header already"));
  BOOST_TEST(
      is_refused_with(gateway("server 192.0.2.40; group \"Decryption\"; success \"nothing\"; "
                              "failure \"X-A:b\""),
                      "Decryption success X-header"));
}

BOOST_AUTO_TEST_CASE(the_list_of_encryption_servers_may_be_meant) {
  std::string said;
  const auto read =
      parse("decryption { encryption-gateway { group \"Encryption Gateway\"; " + headers +
                "} }\nthird-party { trigger \"X-E:y\"; success \"X-S:y\"; failure \"X-S:n\"; "
                "server 192.0.2.40:25 }",
            said);
  BOOST_TEST(said == "");
  BOOST_REQUIRE(read.has_value());
  BOOST_TEST(read->decryption.gateway->servers.empty());
}

BOOST_AUTO_TEST_SUITE_END()
