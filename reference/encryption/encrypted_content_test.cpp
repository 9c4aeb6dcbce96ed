#include "reference/encryption/encrypted_content.hpp"

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/rand.h>
#include <openssl/x509.h>

#include <boost/test/unit_test.hpp>

#include "reference/message/transfer_encoding.hpp"
#include "reference/tls/credentials.hpp"
#include "reference/tls/test_machine.hpp"

namespace {

using namespace sealgate;
using encryption::Cover;

std::string lines(const std::string& text) {
  std::string made;
  for (std::size_t at = 0; at < text.size(); at += 76) made += text.substr(at, 76) + "\r\n";
  return made;
}

std::string noise(std::size_t size) {
  std::string octets(size, '\0');
  RAND_bytes(reinterpret_cast<unsigned char*>(octets.data()), static_cast<int>(size));
  return octets;
}

std::string readable(std::size_t size) {
  std::string text;
  while (text.size() < size) text += "The quarterly results are better than we told anybody. ";
  return text;
}

/// What the openssl library makes of the text, as DER.
std::string cms(bool encrypted) {
  const std::string text = readable(100);
  tls::test::TestMachine machine;
  const auto credentials =
      tls::read_credentials(tls::make_self_signed(machine, "gw.corp.test").pem);
  BIO* in = BIO_new_mem_buf(text.data(), static_cast<int>(text.size()));
  STACK_OF(X509)* to = sk_X509_new_null();
  sk_X509_push(to, credentials.certificate.get());
  CMS_ContentInfo* made = encrypted ? CMS_encrypt(to, in, EVP_aes_256_cbc(), CMS_BINARY)
                                    : CMS_sign(credentials.certificate.get(), credentials.key.get(),
                                               nullptr, in, CMS_BINARY);
  BOOST_REQUIRE(made);
  unsigned char* der = nullptr;
  const int size = i2d_CMS_ContentInfo(made, &der);
  BOOST_REQUIRE(size > 0);
  std::string octets(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  CMS_ContentInfo_free(made);
  sk_X509_free(to);
  BIO_free(in);
  return octets;
}

std::string smime(const std::string& der) {
  return "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime; "
         "smime-type=enveloped-data\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
         lines(message::encode_base64(der));
}

std::string page(const std::string& sealed) {
  return "<!DOCTYPE html>\r\n<p>This message is encrypted.</p>\r\n<form><input></form>\r\n"
         "<pre hidden>\r\n" +
         lines(message::encode_base64(sealed)) + "</pre>\r\n";
}

std::string html(const std::string& body) {
  return "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body;
}

std::string attached(const std::string& cover, const std::string& body) {
  return "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n"
         "--b\r\nContent-Type: text/plain\r\n\r\n" +
         cover +
         "\r\n--b\r\nContent-Type: text/html; name=\"message.html\"\r\nContent-Disposition: "
         "attachment\r\n\r\n" +
         body + "\r\n--b--\r\n";
}

std::string pgp(const std::string& armour) {
  return "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/encrypted; boundary=\"b\"; "
         "protocol=\"application/pgp-encrypted\"\r\n\r\n--b\r\nContent-Type: "
         "application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b\r\nContent-Type: "
         "application/octet-stream\r\n\r\n" +
         armour + "\r\n--b--\r\n";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(encrypted_content)

BOOST_AUTO_TEST_CASE(what_is_encrypted_is_known_by_its_structure) {
  BOOST_TEST((encryption::cover_of(smime(cms(true))) == Cover::smime));
  BOOST_TEST((encryption::cover_of(pgp("-----BEGIN PGP MESSAGE-----\r\n\r\nwcBM")) == Cover::pgp));
  for (const std::size_t size : {100u, 1000u, 20000u}) {
    BOOST_TEST((encryption::cover_of(html(page(noise(size)))) == Cover::envelope));
    BOOST_TEST((encryption::cover_of(attached("Open it.", page(noise(size)))) == Cover::envelope));
  }
}

BOOST_AUTO_TEST_CASE(what_is_only_called_encrypted_is_not) {
  const auto none = [](const std::string& message) {
    return encryption::cover_of(message) == Cover::none;
  };
  BOOST_TEST(none("Subject: x\r\n\r\n" + readable(100)));
  BOOST_TEST(none(smime(readable(100))));
  BOOST_TEST(none(smime(cms(false))));  // signed: everybody can read it
  BOOST_TEST(none(pgp(readable(100))));
  BOOST_TEST(none(html("<p>" + readable(100) + "</p>")));
  BOOST_TEST(none(html(page(readable(1000)))));
  BOOST_TEST(none(attached(readable(3000), page(noise(1000)))));
  BOOST_TEST(none(html(page(noise(10)))));
  BOOST_TEST(none(""));
}

BOOST_AUTO_TEST_SUITE_END()
