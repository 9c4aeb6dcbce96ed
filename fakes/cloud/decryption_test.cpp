#include "fakes/cloud/decryption.hpp"

#include <openssl/bio.h>
#include <openssl/pem.h>

#include <boost/test/unit_test.hpp>

#include "fakes/cloud/envelope.hpp"
#include "fakes/cloud/python_program.hpp"
#include "fakes/core/message_data.hpp"
#include "fakes/core/test_host.hpp"
#include "fakes/xheader/smime.hpp"

namespace {

using fakes::decrypt;
using fakes::Decrypted;
using fakes::DecryptionConfig;
using fakes::peek_header;
using fakes::test::Folder;
using Outcome = fakes::DecryptionOutcome;
using Key = std::shared_ptr<const fakes::Certificate>;

const std::string entity = "Content-Type: text/plain; charset=us-ascii\r\n\r\nthe plan\r\n";
const std::string plain = "From: bob@partner.test\r\nSubject: s\r\nMIME-Version: 1.0\r\n" + entity;

Key make_key(std::byte serial, fakes::KeyKind kind = fakes::KeyKind::p256) {
  fakes::TestHost host;
  host.next_random = serial;
  fakes::CertificateSpec spec;
  spec.common_name = "corp.test";
  spec.key = kind;
  return fakes::make_self_signed(host, spec);
}

std::string key_pem(const fakes::Certificate& certificate) {
  BIO* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey(bio, certificate.key(), nullptr, nullptr, 0, nullptr, nullptr);
  char* octets = nullptr;
  const long size = BIO_get_mem_data(bio, &octets);
  std::string text(octets, static_cast<std::size_t>(size));
  BIO_free(bio);
  return text;
}

/// What `openssl cms` makes of the entity: the tool's own message, its line ends as on the wire.
std::string by_tool(const std::string& options, const fakes::Certificate& certificate,
                    const std::string& text = entity) {
  const Folder folder;
  folder.write("in", text);
  folder.write("cert.pem", certificate.pem());
  folder.write("key.pem", key_pem(certificate));
  const std::string made = fakes::test::output_of("cd '" + folder.path().string() +
                                                  "' && openssl cms -in in -from bob@partner.test "
                                                  "-to alice@corp.test -subject s " +
                                                  options);
  std::string wire;
  for (const char c : made) {
    if (c == '\n') wire += '\r';
    if (c != '\r') wire += c;
  }
  return wire;
}

DecryptionConfig with(std::vector<Key> keys) {
  DecryptionConfig config;
  config.smime = std::move(keys);
  return config;
}

std::string_view body_of(std::string_view message) {
  return message.substr(message.find("\r\n\r\n") + 4);
}

void check_opened(const Decrypted& result, const std::string& about) {
  BOOST_TEST_CONTEXT(about) {
    BOOST_TEST(to_string(result.outcome) == "decrypted");
    BOOST_TEST(result.content.starts_with("X-Hybrid-Decryption: success\r\n"));
    BOOST_TEST(peek_header(result.content, "Subject") == "s");
    BOOST_TEST(peek_header(result.content, "MIME-Version") == "1.0");
    BOOST_TEST(peek_header(result.content, "Content-Type") == "text/plain; charset=us-ascii");
    BOOST_TEST(peek_header(result.content, "Content-Transfer-Encoding") == "");
    BOOST_TEST(body_of(result.content) == "the plan\r\n");
  }
}

void check_failed(const DecryptionConfig& config, const std::string& message) {
  const Decrypted result = decrypt(config, message);
  BOOST_TEST(to_string(result.outcome) == "failed");
  BOOST_TEST(result.content == "X-Hybrid-Decryption: failed\r\n" + message);
}

void check_untouched(const std::string& message) {
  const Decrypted result = decrypt(with({make_key(std::byte{1})}), message);
  BOOST_TEST(to_string(result.outcome) == "not-encrypted");
  BOOST_TEST(result.content == message);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(decryption)

BOOST_AUTO_TEST_CASE(what_the_openssl_tool_encrypts_is_opened) {  // HYB-29, HYB-30
  const Key ec = make_key(std::byte{1});
  const Key rsa = make_key(std::byte{2}, fakes::KeyKind::rsa1024);
  for (const char* cipher : {"-aes256", "-aes128", "-aes-256-gcm", "-des3"}) {
    for (const Key& key : {ec, rsa}) {
      const std::string message = by_tool(std::string("-encrypt -recip cert.pem ") + cipher, *key);
      BOOST_TEST(message.find("the plan") == message.npos);
      check_opened(decrypt(with({ec, rsa}), message), cipher);
    }
  }
}

BOOST_AUTO_TEST_CASE(what_the_encryption_server_makes_is_opened) {
  const Key key = make_key(std::byte{1});
  const std::string message = fakes::xheader::encrypt_smime(plain, {make_key(std::byte{3}), key});
  check_opened(decrypt(with({key}), message), message);
}

BOOST_AUTO_TEST_CASE(what_no_key_opens_stays_as_it_is_and_says_so) {  // HYB-31
  const Key key = make_key(std::byte{1});
  const Key other = make_key(std::byte{2});
  const Key rsa = make_key(std::byte{3}, fakes::KeyKind::rsa1024);
  const Key other_rsa = make_key(std::byte{4}, fakes::KeyKind::rsa1024);
  const std::string message = by_tool("-encrypt -recip cert.pem -aes-256-gcm", *key);
  check_failed(with({}), message);
  check_failed(with({other, rsa}), message);
  check_failed(with({other_rsa}), by_tool("-encrypt -recip cert.pem -aes256", *rsa));
  const std::size_t body = message.find("\r\n\r\n") + 4;
  check_failed(with({key}), message.substr(0, body + (message.size() - body) / 2));
  check_failed(with({key}), message.substr(0, body));
  std::string altered = message;
  char& octet = altered[altered.size() - 12];
  octet = octet == 'A' ? 'B' : 'A';
  check_failed(with({key}), altered);
}

BOOST_AUTO_TEST_CASE(what_is_not_encrypted_is_left_alone) {
  check_untouched(plain);
  check_untouched("");
  check_untouched("no header at all");
  const Key key = make_key(std::byte{1});
  check_untouched(by_tool("-sign -signer cert.pem -inkey key.pem", *key));
  check_untouched(by_tool("-sign -nodetach -signer cert.pem -inkey key.pem", *key));
}

BOOST_AUTO_TEST_CASE(a_result_that_the_sender_wrote_is_taken_out) {  // RUL-24
  const std::string forged =
      "X-Hybrid-Decryption: success\r\nReceived: by x\r\nx-hybrid-decryption :\r\n success\r\n";
  const Key key = make_key(std::byte{1});
  const DecryptionConfig config = with({key});
  BOOST_TEST(decrypt(config, forged + plain).content == "Received: by x\r\n" + plain);

  const std::string sealed = by_tool("-encrypt -recip cert.pem", *key);
  const auto opened = decrypt(config, forged + sealed);
  BOOST_TEST(opened.content == "X-Hybrid-Decryption: success\r\nReceived: by x\r\n" +
                                   decrypt(config, sealed).content.substr(30));
  BOOST_TEST(decrypt(with({}), forged + sealed).content ==
             "X-Hybrid-Decryption: failed\r\nReceived: by x\r\n" + sealed);

  const std::string within = by_tool("-encrypt -recip cert.pem", *key, forged + entity);
  check_opened(decrypt(config, within), within);
  BOOST_TEST(decrypt(config, within).content.rfind("X-Hybrid-Decryption") == 0u);
}

BOOST_AUTO_TEST_CASE(header_and_values_are_settings) {  // RUL-14
  const Key key = make_key(std::byte{1});
  DecryptionConfig config = with({key});
  config.header = "X-Opened";
  config.success = "yes, it was";
  config.failure = "no";
  const std::string sealed = by_tool("-encrypt -recip cert.pem", *key);
  BOOST_TEST(decrypt(config, sealed).content.starts_with("X-Opened: yes, it was\r\n"));
  config.smime.clear();
  BOOST_TEST(decrypt(config, "X-Opened: yes, it was\r\n" + sealed).content ==
             "X-Opened: no\r\n" + sealed);
}

BOOST_AUTO_TEST_CASE(without_an_attempt_only_forged_results_are_taken_out) {  // HYB-33, RUL-24
  const Key key = make_key(std::byte{1});
  DecryptionConfig config = with({key});
  config.attempted = false;
  const std::string sealed = by_tool("-encrypt -recip cert.pem", *key);
  const Decrypted result = decrypt(config, "X-Hybrid-Decryption: success\r\n" + sealed);
  BOOST_TEST(to_string(result.outcome) == "not-attempted");
  BOOST_TEST(result.content == sealed);
  BOOST_TEST(decrypt(config, sealed).content == sealed);
}

BOOST_AUTO_TEST_CASE(an_envelope_of_the_service_is_opened) {
  const auto root = [](const char* id) {
    return std::make_shared<fakes::WrappingRoot>(id, fakes::SealingKey{1, 2, 3});
  };
  const fakes::EnvelopeKey key{root("k1"), "generation"};
  const fakes::SealedFor about{"k1", "alice@corp.test", "bob@partner.test", "<m1@partner.test>"};
  const auto sealed = fakes::seal(*key.root, key.generation, about,
                                  "X-Hybrid-Decryption: success\r\n" + plain, {{4}, {5}, {6}});
  const std::string message =
      "Received: from x\r\n" +
      fakes::EnvelopeMaker({"Mail", "https://portal.partner.test/open"}).make(about, sealed, {});
  DecryptionConfig config;
  config.envelopes = {{root("k0"), "generation"}, key};
  const auto opened = decrypt(config, message);
  check_opened(opened, message);
  BOOST_TEST(opened.content == "X-Hybrid-Decryption: success\r\nReceived: from x\r\n" + plain);

  config.envelopes = {{root("k1"), "another"}};
  check_failed(config, message);
  config.envelopes = {key};
  std::string altered = message;
  altered[altered.rfind("value=\"") + 20] ^= 1;
  check_failed(config, altered);
  altered[altered.rfind("value=\"") + 20] = '?';
  check_failed(config, altered);
  config.envelopes.clear();
  check_failed(config, message);
}

BOOST_AUTO_TEST_SUITE_END()
