// What the document tells an administrator to type, typed: the openssl tool makes the key, the CSR
// and the .pfx file; a CA of the same tool signs; the gateway must take the result (CSR-01..10,
// IMP-01, IMP-02).
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <chrono>

#include "reference/tls/candidate.hpp"
#include "reference/tls/certificate_view.hpp"
#include "reference/tls/openssl_tool.hpp"
#include "reference/tls/pem.hpp"
#include "reference/tls/pfx.hpp"
#include "reference/tls/signing_request.hpp"

using namespace sealgate::tls;
namespace data = boost::unit_test::data;

namespace {

host::WallTime now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

constexpr const char* configuration = R"([req]
prompt = no
distinguished_name = name
attributes = asked
[name]
C = US
ST = California
L = San Diego
O = Corp
OU = Mail
CN = gw.corp.test
emailAddress = postmaster@corp.test
[asked]
challengePassword = rosebud
[ca]
basicConstraints = critical, CA:true
)";

/// A folder with a CA (root and intermediate), and the document's key and CSR.
struct Workshop : test::OpensslTool {
  Workshop() {
    write("openssl.cnf", configuration);
    must(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout root.key -out "
        "root.crt -subj /CN=Root -days 9");
    must(
        "req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.csr "
        "-subj /CN=Issuer");
    must(
        "x509 -req -in ca.csr -CA root.crt -CAkey root.key -CAcreateserial -days 9 -out ca.crt "
        "-extfile openssl.cnf -extensions ca");
    must("genrsa -des3 -passout pass:secret -out certificate.key 2048");
    must(
        "req -new -config openssl.cnf -key certificate.key -passin pass:secret "
        "-out certificate.csr");
    must(
        "x509 -req -in certificate.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 5 "
        "-out signed.crt");
  }
  void must(const std::string& arguments) const { BOOST_REQUIRE(run(arguments)); }

  Checked<Credentials> import(const std::string& password) const {
    auto candidate = read_pfx(read("certificate.pfx"), password);
    if (!candidate) return candidate.error();
    return accept_candidate(candidate.value(), now());
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(the_document_s_commands)

BOOST_FIXTURE_TEST_CASE(their_key_is_read_with_its_password_alone, Workshop) {
  const auto key = read_key_file(read("certificate.key"), "secret");
  BOOST_REQUIRE(key);
  BOOST_TEST(describe_key(key.value().get()) == "RSA 2048 bits");
  const auto wrong = read_key_file(read("certificate.key"), "guess");
  BOOST_REQUIRE(!wrong);
  BOOST_TEST(wrong.error().text() == "Key password: it does not open the private key");
  BOOST_TEST(read_key_file(read("certificate.key"), "").error().field == "Key password");
}

BOOST_FIXTURE_TEST_CASE(the_traditional_form_of_the_key_is_read_too, Workshop) {
  must("genrsa -des3 -traditional -passout pass:secret -out old.key 2048");
  BOOST_TEST(read("old.key").find("DEK-Info") != std::string::npos);
  BOOST_TEST(bool(read_key_file(read("old.key"), "secret")));
  BOOST_TEST(read_key_file(read("old.key"), "guess").error().field == "Key password");
}

BOOST_FIXTURE_TEST_CASE(their_request_carries_every_field, Workshop) {
  const auto request = read_signing_request(read("certificate.csr"));
  BOOST_REQUIRE(request);
  const Subject wanted{"US",   "California",   "San Diego",           "Corp",
                       "Mail", "gw.corp.test", "postmaster@corp.test"};
  BOOST_TEST((request.value().subject == wanted));
  BOOST_TEST(request.value().challenge_password == "rosebud");
}

BOOST_FIXTURE_TEST_CASE(our_key_and_request_satisfy_the_tool, Workshop) {
  const Key key = make_key(KeyKind::rsa_2048);
  write("ours.key", write_key_file(key, "secret"));
  must("pkey -in ours.key -passin pass:secret -check -noout");
  BOOST_TEST(!run("pkey -in ours.key -passin pass:guess -noout"));
  const SigningRequest request{{"US", "", "", "Gänse & Söhne", "", "gw.corp.test", ""}, "rosebud"};
  write("ours.csr", write_signing_request(request, key).value());
  must("req -in ours.csr -verify -noout -text -nameopt oneline,utf8,-esc_msb -out ours.txt");
  const std::string text = read("ours.txt");
  for (const char* part : {"CN = gw.corp.test", "Gänse & Söhne", "DNS:gw.corp.test",
                           "challengePassword", "Public-Key: (2048 bit)"})
    BOOST_TEST(text.find(part) != std::string::npos, part);
  BOOST_TEST(text.find("Private") == std::string::npos);  // RUL-07
}

BOOST_DATA_TEST_CASE_F(Workshop, their_pfx_is_imported_with_its_chain,
                       data::make({"", "-legacy ", "-legacy -certpbe PBE-SHA1-RC2-40 ",
                                   "-certpbe NONE ", "-keypbe NONE -certpbe NONE "}),
                       algorithms) {
  must(std::string("pkcs12 -export ") + algorithms +
       "-inkey certificate.key -passin pass:secret -in signed.crt -certfile ca.crt "
       "-passout pass:open1sesame -out certificate.pfx");
  const auto imported = import("open1sesame");
  BOOST_REQUIRE_MESSAGE(imported, (imported ? "" : imported.error().text()));
  BOOST_TEST(is_usable(imported.value()));
  const auto shown = view(imported.value().certificate.get());
  BOOST_TEST(shown.common_name == "gw.corp.test");
  BOOST_TEST(shown.issuer == "CN=Issuer");
  BOOST_TEST(!shown.self_signed);
  BOOST_TEST(imported.value().chain.size() == 1u);
  BOOST_TEST(import("open2sesame").error().text() ==
             "Password: it does not open the certificate file");
}

BOOST_FIXTURE_TEST_CASE(a_chain_out_of_order_is_put_in_order, Workshop) {
  write("all.crt", read("root.crt") + read("ca.crt") + read("signed.crt"));
  must(
      "pkcs12 -export -inkey certificate.key -passin pass:secret -in all.crt "
      "-passout pass:pw -out certificate.pfx");
  const auto imported = import("pw");
  BOOST_REQUIRE(imported);
  BOOST_TEST(view(imported.value().certificate.get()).common_name == "gw.corp.test");
  BOOST_REQUIRE(imported.value().chain.size() == 1u);  // the root stays with the peers
  BOOST_TEST(view(imported.value().chain[0].get()).subject == "CN=Issuer");
}

BOOST_FIXTURE_TEST_CASE(our_export_opens_with_the_tool, Workshop) {
  must(
      "pkcs12 -export -inkey certificate.key -passin pass:secret -in signed.crt -certfile ca.crt "
      "-passout pass:pw -out certificate.pfx");
  write("ours.pfx", write_pfx(import("pw").value(), "abc123"));
  must("pkcs12 -in ours.pfx -passin pass:abc123 -nokeys -out listed.txt");
  BOOST_TEST(read("listed.txt").find("subject=CN = Issuer") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(the_view_agrees_with_the_tool, Workshop) {
  must("x509 -in signed.crt -noout -fingerprint -sha256 -out sha256.txt");
  must("x509 -in signed.crt -noout -serial -out serial.txt");
  const auto shown = view(read_certificates(read("signed.crt")).at(0).get());
  BOOST_TEST(read("sha256.txt") == "sha256 Fingerprint=" + shown.sha256 + "\n");
  BOOST_TEST(read("serial.txt") == "serial=" + shown.serial + "\n");
}

BOOST_AUTO_TEST_SUITE_END()
