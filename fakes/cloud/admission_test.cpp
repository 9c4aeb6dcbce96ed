#include "fakes/cloud/admission.hpp"

#include <openssl/x509.h>

#include <boost/test/unit_test.hpp>
#include <set>

#include "fakes/core/test_host.hpp"

using fakes::CertificateKind;
using fakes::RootClaim;

namespace {

const std::string good_label = "DigiCert Global Root CA";

struct Service {
  fakes::Trust judge(const fakes::CertificateChain& shown) {
    STACK_OF(X509)* others = sk_X509_new_null();
    for (const auto& certificate : shown.above) sk_X509_push(others, certificate->x509());
    const fakes::Trust trust = fakes::judge_chain(host, roots, {shown.leaf->x509(), others});
    sk_X509_free(others);
    return trust;
  }
  fakes::CertificateChain issue(const std::string& label, RootClaim claim = RootClaim::genuine,
                                CertificateKind kind = CertificateKind::good) {
    return roots.issue(host, label, claim, kind, "gw.corp.test");
  }
  std::string reason(const fakes::CertificateChain& shown) {
    const fakes::Trust trust = judge(shown);
    return trust.refusal ? trust.refusal->reason : "";
  }

  fakes::TestHost host;
  fakes::TrustedRoots roots;
};

}  // namespace

BOOST_AUTO_TEST_CASE(the_list_has_118_different_names) {
  std::set<std::string_view> labels;
  std::size_t distrusted = 0;
  for (const fakes::TrustedRoot& root : fakes::trusted_roots()) {
    labels.insert(root.label);
    distrusted += root.distrusted;
  }
  BOOST_TEST(labels.size() == 118u);
  BOOST_TEST(distrusted > 0u);
  BOOST_TEST(fakes::find_trusted_root("CNNIC ROOT")->distrusted);
  BOOST_TEST(!fakes::find_trusted_root(good_label)->distrusted);
  BOOST_TEST(
      labels.contains("NetLock Arany (Class Gold) F\xC5\x91tan\xC3\xBAs\xC3\xADtv\xC3\xA1ny"));
}

BOOST_FIXTURE_TEST_CASE(a_chain_to_each_of_them_is_accepted, Service) {
  for (const fakes::TrustedRoot& root : fakes::trusted_roots()) {
    const fakes::Trust trust = judge(issue(std::string(root.label)));
    BOOST_TEST(!trust.refusal, root.label);
    BOOST_TEST(trust.label == root.label);
    BOOST_TEST(trust.distrusted == root.distrusted);
  }
}

BOOST_FIXTURE_TEST_CASE(a_name_is_no_key, Service) {
  BOOST_TEST(reason(issue(good_label)) == "");
  BOOST_TEST(reason(issue(good_label, RootClaim::look_alike)) == "issuer-not-trusted");
  BOOST_TEST(reason(issue(good_label, RootClaim::bearing)) == "self-signed");
  BOOST_TEST(reason(issue("DigiCert Global Root G2")) == "issuer-not-trusted");
  fakes::TrustedRoots elsewhere;
  const auto stranger =
      elsewhere.issue(host, good_label, RootClaim::genuine, CertificateKind::good, "gw.corp.test");
  BOOST_TEST(reason(stranger) == "issuer-not-trusted");
  // A root that is sent along proves nothing.
  auto with_root = issue(good_label, RootClaim::look_alike);
  with_root.above.push_back(elsewhere.root(host, good_label));
  BOOST_TEST(reason(with_root) == "issuer-not-trusted");
}

BOOST_FIXTURE_TEST_CASE(time_and_completeness_count, Service) {
  const auto of = [&](CertificateKind kind) {
    return reason(issue(good_label, RootClaim::genuine, kind));
  };
  BOOST_TEST(of(CertificateKind::expired) == "expired");
  BOOST_TEST(of(CertificateKind::not_yet_valid) == "not-yet-valid");
  BOOST_TEST(of(CertificateKind::missing_intermediate) == "issuer-not-trusted");
  BOOST_TEST(judge_chain(host, roots, {}).refusal->reason == "no-certificate");
}

BOOST_AUTO_TEST_CASE(each_reason_is_in_the_reply) {
  BOOST_TEST(to_bytes(fakes::to_reply({"no-ptr-record", "192.0.2.1 has none"})) ==
             "554 5.7.25 no-ptr-record: 192.0.2.1 has none\r\n");
  BOOST_TEST(to_bytes(fakes::to_reply({"self-signed", "x"})) == "554 5.7.1 self-signed: x\r\n");
  BOOST_TEST(to_bytes(fakes::to_reply({"dns-failure", "x"})) == "451 4.4.3 dns-failure: x\r\n");
}

BOOST_AUTO_TEST_CASE(an_address_has_a_name_for_the_way_back) {
  BOOST_TEST(fakes::reverse_name(boost::asio::ip::make_address("192.0.2.1")) ==
             "1.2.0.192.in-addr.arpa");
  BOOST_TEST(fakes::reverse_name(boost::asio::ip::make_address("2001:db8::1"))
                 .ends_with(".8.b.d.0.1.0.0.2.ip6.arpa"));
}
