#include "fakes/cloud/key_ring.hpp"

#include <boost/test/unit_test.hpp>

#include "fakes/core/test_host.hpp"

BOOST_AUTO_TEST_SUITE(key_ring)

BOOST_AUTO_TEST_CASE(whoever_has_the_key_of_that_name_opens_it) {
  const std::string message =
      "From: bob@partner.test\r\nMessage-ID: <m1@partner.test>\r\nMIME-Version: 1.0\r\n"
      "Content-Type: text/plain\r\n\r\nthe plan\r\n";
  fakes::TestHost host;
  fakes::KeyRing ring;
  const auto outcome = [&](const std::string& sealed, const std::string& name) {
    fakes::DecryptionConfig config;
    config.smime = {ring.certificate(host, name)};
    config.envelopes = {fakes::KeyRing::envelope_key(name)};
    const auto opened = fakes::decrypt(config, sealed);
    BOOST_TEST((opened.content.find("the plan") != std::string::npos) == (name == "corp"));
    return std::string(to_string(opened.outcome));
  };
  for (const std::string& sealed :
       {ring.encrypt_smime(host, "corp", message),
        ring.encrypt_envelope(host, "corp", "bob@partner.test", "alice@corp.test", message)}) {
    BOOST_TEST(sealed.find("the plan") == std::string::npos);
    BOOST_TEST(outcome(sealed, "corp") == "decrypted");
    BOOST_TEST(outcome(sealed, "another") == "failed");
  }
}

BOOST_AUTO_TEST_SUITE_END()
