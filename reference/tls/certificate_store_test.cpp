#include "reference/tls/certificate_store.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/tls/certificate_view.hpp"
#include "reference/tls/openssl_tool.hpp"
#include "reference/tls/pfx.hpp"
#include "reference/tls/test_machine.hpp"

using namespace sealgate::tls;

namespace {

/// A machine whose disk may refuse, with a store on it.
struct Keeper : test::TestMachine {
  std::unique_ptr<CertificateStore> store = run(CertificateStore::open(*this, "gw.corp.test"));
  const std::string first = store->current().pem;

  std::string kept() { return files.at(std::string(credentials_file)); }
  template <class T>
  std::string outcome(boost::asio::awaitable<Checked<T>> change) {
    std::string text = "done";
    auto note = [&]() -> boost::asio::awaitable<int> {
      auto result = co_await std::move(change);
      if (!result) text = result.error().text();
      co_return 0;
    };
    run(note());
    return text;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(certificate_store)

BOOST_FIXTURE_TEST_CASE(generating_overwrites_whatever_there_is, Keeper) {  // CRT-03, CRT-04
  const Credentials other = make_self_signed(*this, "gw.corp.test");
  BOOST_TEST(outcome(store->import_pfx(write_pfx(other, "pw"), "pw", "gw.corp.test")) == "done");
  BOOST_TEST((kept() == other.pem));
  BOOST_TEST(outcome(store->generate("gw.corp.test")) == "done");
  BOOST_TEST((kept() != other.pem && kept() != first));
  BOOST_TEST((kept() == store->current().pem));
  BOOST_TEST(view(store->current().certificate.get()).self_signed);
}

BOOST_FIXTURE_TEST_CASE(a_refused_import_leaves_the_old_one_active, Keeper) {  // IMP-09
  const Credentials other = make_self_signed(*this, "gw.corp.test");
  const std::string pfx = write_pfx(other, "pw");
  BOOST_TEST(outcome(store->import_pfx(pfx, "wrong", "gw.corp.test")) ==
             "Password: it does not open the certificate file");
  BOOST_TEST(
      outcome(store->import_pfx("GIF89a", "pw", "gw.corp.test")).starts_with("Certificate file: "));
  BOOST_TEST((kept() == first && store->current().pem == first));
}

BOOST_FIXTURE_TEST_CASE(what_cannot_be_stored_is_not_used, Keeper) {
  refuse_replacing = true;
  BOOST_TEST(outcome(store->generate("gw.corp.test")).starts_with("Certificate: the old one"));
  BOOST_TEST((kept() == first && store->current().pem == first));
}

BOOST_FIXTURE_TEST_CASE(a_request_s_signed_certificate_is_imported_with_its_key, Keeper) {
  test::OpensslTool tool;
  std::string csr;
  auto ask = [&]() -> boost::asio::awaitable<int> {
    SigningRequest request;
    request.subject.common_name = "gw.corp.test";
    auto written = co_await store->request(request, KeyKind::p256);
    csr = written.value();
    co_return 0;
  };
  BOOST_TEST(outcome(store->import_signed("", "gw.corp.test")).find("make a request first") !=
             std::string::npos);
  run(ask());
  tool.write("gw.csr", csr);
  BOOST_REQUIRE(
      tool.run("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "
               "ca.key -out ca.crt -subj /CN=CA"));
  BOOST_REQUIRE(
      tool.run("x509 -req -in gw.csr -CA ca.crt -CAkey ca.key -CAcreateserial -out gw.crt"));
  BOOST_TEST((kept() == first));
  BOOST_TEST(outcome(store->import_signed(first, "gw.corp.test")).find("another private key") !=
             std::string::npos);  // CSR-10
  now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  BOOST_TEST(outcome(store->import_signed(tool.read("gw.crt"), "gw.corp.test")) == "done");
  BOOST_TEST(view(store->current().certificate.get()).issuer == "CN=CA");
  BOOST_TEST((kept() == store->current().pem));
}

BOOST_FIXTURE_TEST_CASE(an_export_needs_a_password_and_holds_everything, Keeper) {
  BOOST_TEST(store->export_pfx("").error().field == "Password");
  BOOST_TEST(store->export_pfx("no good").error().field == "Password");
  BOOST_TEST(bool(read_pfx(store->export_pfx("abc").value(), "abc")));
}

BOOST_AUTO_TEST_SUITE_END()
