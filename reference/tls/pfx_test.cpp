// Files that must not be imported, and what is said about them (IMP-03, IMP-06, IMP-09).
#include "reference/tls/pfx.hpp"

#include <openssl/x509.h>

#include <boost/test/unit_test.hpp>

#include "reference/tls/openssl_tool.hpp"
#include "reference/tls/test_machine.hpp"

using namespace sealgate::tls;

namespace {

struct Exporter : test::TestMachine {
  Credentials own = make_self_signed(*this, "gw.corp.test");

  std::string error_of(std::string_view bytes, const std::string& password = "pw") {
    const auto read = read_pfx(bytes, password);
    return read ? "none" : read.error().text();
  }
};

std::string der(const Credentials& credentials) {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509(credentials.certificate.get(), &bytes);
  std::string text(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pfx)

BOOST_FIXTURE_TEST_CASE(what_was_written_is_read, Exporter) {
  const auto read = read_pfx(write_pfx(own, "pw"), "pw");
  BOOST_REQUIRE(read);
  const auto accepted = accept_candidate(read.value(), wall_now());
  BOOST_REQUIRE(accepted);
  BOOST_TEST((accepted.value().pem == own.pem));
}

BOOST_FIXTURE_TEST_CASE(passwords_are_limited_at_their_edge, Exporter) {
  const std::string longest(100, 'a');
  BOOST_TEST(error_of(write_pfx(own, longest), longest) == "none");
  BOOST_TEST(error_of("", std::string(101, 'a')) ==
             "Password: it has 101 characters, at most 100 are allowed");
  for (const char* password : {"with space", "semi;colon", "p\xc3\xa4ss", "p\xe4ss", "a\tb"})
    BOOST_TEST(error_of(write_pfx(own, password), password).starts_with("Password: only letters"),
               password);
  BOOST_TEST(error_of(write_pfx(own, ""), "") == "none");
  BOOST_TEST(error_of(write_pfx(own, ""), "pw").starts_with("Password: "));
}

BOOST_FIXTURE_TEST_CASE(other_files_are_named_for_what_they_are, Exporter) {
  BOOST_TEST(error_of("") == "Certificate file: it is not a .pfx file (PKCS#12)");
  BOOST_TEST(error_of("GIF89a") == "Certificate file: it is not a .pfx file (PKCS#12)");
  BOOST_TEST(error_of(own.pem).starts_with("Certificate file: it is a PEM file"));
  BOOST_TEST(error_of(der(own)).starts_with("Certificate file: it is a certificate alone (DER)"));
  BOOST_TEST(error_of(std::string(100 * 1024 * 1024, 'x')) ==
             "Certificate file: it has 104857600 bytes, at most 1048576 are read");
  const std::string whole = write_pfx(own, "pw");
  BOOST_TEST(error_of(whole + "x").starts_with("Certificate file: "));
}

BOOST_FIXTURE_TEST_CASE(a_damaged_file_is_never_taken, Exporter) {
  const std::string whole = write_pfx(own, "pw");
  for (std::size_t size = 0; size < whole.size(); size += 7)
    BOOST_TEST(!read_pfx(std::string_view(whole).substr(0, size), "pw"), size);
  for (std::size_t at = 0; at < whole.size(); at += 5) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    const auto read = read_pfx(damaged, "pw");
    // What the MAC does not cover may change without harm; key and certificate may not.
    const auto accepted =
        read ? accept_candidate(read.value(), wall_now()) : Checked<Credentials>(read.error());
    BOOST_TEST((!accepted || accepted.value().pem == own.pem), at);
  }
}

BOOST_FIXTURE_TEST_CASE(a_file_without_a_key_or_with_two_is_refused, Exporter) {
  test::OpensslTool tool;
  tool.write("own.pem", own.pem);
  BOOST_REQUIRE(tool.run("pkcs12 -export -nokeys -in own.pem -passout pass:pw -out nokey.pfx"));
  BOOST_TEST(error_of(tool.read("nokey.pfx")).find("it holds no private key") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
