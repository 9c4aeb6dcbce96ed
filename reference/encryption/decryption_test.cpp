#include "reference/encryption/decryption.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace sealgate;
using encryption::read_decryption;

const auto gateway = boost::asio::ip::make_address("192.0.2.40");
const auto service = boost::asio::ip::make_address("203.0.113.9");
const auto stranger = boost::asio::ip::make_address("198.51.100.1");

settings::Settings both_ways() {
  settings::Settings settings;
  settings.ip_groups = {{"Decryption", {host::Network{gateway, 32}}},
                        {"Hybrid", {host::Network{service, 32}}}};
  settings.decryption.gateway = settings::DecryptionGateway{
      {"Decryption", {"X-Decrypted", "yes"}, {"X-Decrypted", "no"}}, {{"decrypt.test", 25, 10}}};
  settings.decryption.service = settings::DecryptionResults{
      "Hybrid", {"X-Hybrid-Decryption", "success"}, {"X-Hybrid-Decryption", "failed"}};
  return settings;
}

struct Read {
  encryption::DecryptionFindings findings;
  std::string message;
};

Read read(const host::Address& client, std::string message,
          const settings::Settings& settings = both_ways()) {
  Read result{{}, std::move(message)};
  result.findings = read_decryption(settings, client, result.message);
  return result;
}

const std::string smime =
    "Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n";

}  // namespace

BOOST_AUTO_TEST_CASE(each_way_is_believed_from_its_own_addresses) {
  const auto decrypted = read(gateway, "X-Decrypted: yes\r\n\r\nhello\r\n");
  BOOST_TEST(decrypted.findings.returned);
  BOOST_TEST(decrypted.findings.said == "decrypted by the encryption gateway");
  BOOST_TEST(decrypted.findings.forged.empty());
  BOOST_TEST(decrypted.message.starts_with("X-Decrypted: yes\r\n"));

  const auto failed = read(service, "x-hybrid-decryption:  failed \r\n\r\nhello\r\n");
  BOOST_TEST(!failed.findings.returned);
  BOOST_TEST(failed.findings.said == "the hybrid service could not decrypt it");

  const auto silent = read(gateway, "Subject: x\r\n\r\nhello\r\n");
  BOOST_TEST(silent.findings.returned);
  BOOST_TEST(silent.findings.said == "the encryption gateway says nothing of decryption");
}

BOOST_AUTO_TEST_CASE(what_others_say_is_taken_out_whatever_its_value) {
  const auto forged = read(
      stranger, "X-Decrypted: yes\r\nSubject: x\r\nX-HYBRID-Decryption: perhaps\r\n\r\nhello\r\n");
  BOOST_TEST(!forged.findings.returned);
  BOOST_TEST(forged.findings.said == "");
  BOOST_TEST(forged.findings.forged.size() == 2u);
  BOOST_TEST(forged.message == "Subject: x\r\n\r\nhello\r\n");
  // The service is no encryption gateway.
  const auto half = read(service, "X-Decrypted: yes\r\nX-Hybrid-Decryption: success\r\n\r\n");
  BOOST_TEST(half.message == "X-Hybrid-Decryption: success\r\n\r\n");
  BOOST_TEST(half.findings.said == "decrypted by the hybrid service");
}

BOOST_AUTO_TEST_CASE(two_ways_may_share_a_header) {
  auto settings = both_ways();
  settings.decryption.service->success = {"X-Decrypted", "yes"};
  settings.decryption.service->failure = {"X-Decrypted", "no"};
  const auto kept = read(service, "X-Decrypted: no\r\n\r\nhello\r\n", settings);
  BOOST_TEST(kept.findings.said == "the hybrid service could not decrypt it");
  BOOST_TEST(kept.findings.forged.empty());
}

BOOST_AUTO_TEST_CASE(without_the_settings_nothing_is_touched) {
  const std::string message = "X-Decrypted: yes\r\n\r\nhello\r\n";
  const auto untouched = read(stranger, message, {});
  BOOST_TEST(untouched.message == message);
  BOOST_TEST(!encryption::needs_decryption({}, {}, smime));
  BOOST_TEST((std::get<encryption::Unavailable>(encryption::decryption_leg({})).reason ==
              "decryption-unavailable"));
}

BOOST_AUTO_TEST_CASE(only_what_is_encrypted_goes_to_the_encryption_gateway_and_once) {
  const auto decryption = both_ways().decryption;
  // An EnvelopedData without recipients or content.
  const std::string enveloped = smime +
                                "MFIGCSqGSIb3DQEHA6BFMEMCAQAxADA8BgkqhkiG9w0BBwEwHQYJYIZI"
                                "AWUDBAECBBAAAAAAAAAAAAAAAAAAAAAAgBAAAAAAAAAAAAAAAAAAAAAA\r\n";
  BOOST_TEST(encryption::needs_decryption(decryption, {}, enveloped));
  BOOST_TEST(!encryption::needs_decryption(decryption, {true, {}, {}}, enveloped));
  BOOST_TEST(!encryption::needs_decryption(decryption, {}, "Subject: x\r\n\r\nhello\r\n"));
  const auto is_sent = [&](const std::string& type) {
    return encryption::needs_decryption(decryption, {}, "content-type: " + type + "\r\n\r\nx\r\n");
  };
  BOOST_TEST(is_sent("Application/X-PKCS7-MIME; smime-type=Enveloped-Data; name=smime.p7m"));
  BOOST_TEST(is_sent("application/pkcs7-mime; smime-type=\"authEnveloped-data\""));
  BOOST_TEST(is_sent("multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b"));
  BOOST_TEST(!is_sent("application/pkcs7-mime; smime-type=signed-data"));
  BOOST_TEST(!is_sent("text/plain"));
  settings::Settings settings;
  settings.decryption = decryption;
  const auto leg = std::get<encryption::Leg>(encryption::decryption_leg(settings));
  BOOST_TEST((leg.tls == encryption::Demand::opportunistic_tls));
  BOOST_TEST(leg.servers.value().size() == 1u);
  BOOST_TEST(!leg.login.has_value());

  settings.decryption.gateway->servers.clear();
  BOOST_TEST(std::holds_alternative<encryption::Unavailable>(encryption::decryption_leg(settings)));
  auto& third = settings.third_party.emplace();
  third.servers = {{"192.0.2.40", 2525}, {"192.0.2.41", 25}};
  third.login = settings::ServerLogin{"g", "p", "", false};
  const auto theirs = std::get<encryption::Leg>(encryption::decryption_leg(settings));
  BOOST_REQUIRE(theirs.servers.value().size() == 2u);
  BOOST_TEST(theirs.servers->at(0).port == 2525);
  BOOST_TEST(theirs.servers->at(0).preference < theirs.servers->at(1).preference);
  BOOST_TEST((theirs.login == third.login));
}
