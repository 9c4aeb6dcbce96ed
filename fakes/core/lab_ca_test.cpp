#include "fakes/core/lab_ca.hpp"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <boost/test/unit_test.hpp>
#include <chrono>

#include "fakes/core/test_host.hpp"

using fakes::CertificateKind;

namespace {

constexpr const char* name = "mx.partner.test";

// What OpenSSL's verifier says of a chain, the root alone being trusted, at the host's time.
struct Lab {
  int verify(const fakes::CertificateChain& chain, bool check_name) {
    X509_STORE* store = X509_STORE_new();
    const std::string pem = ca.root_pem(host);
    BIO* memory = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
    X509* root = PEM_read_bio_X509(memory, nullptr, nullptr, nullptr);
    BIO_free(memory);
    X509_STORE_add_cert(store, root);
    STACK_OF(X509)* above = sk_X509_new_null();
    for (const auto& certificate : chain.above) sk_X509_push(above, certificate->x509());
    X509_STORE_CTX* context = X509_STORE_CTX_new();
    X509_STORE_CTX_init(context, store, chain.leaf->x509(), above);
    X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(context);
    const auto since_epoch = host.now.time_since_epoch();
    X509_VERIFY_PARAM_set_time(
        parameters, std::chrono::duration_cast<std::chrono::seconds>(since_epoch).count());
    X509_VERIFY_PARAM_set_auth_level(parameters, 2);
    if (check_name) {
      X509_VERIFY_PARAM_set1_host(parameters, name, 0);
      X509_VERIFY_PARAM_set_hostflags(parameters, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
    }
    const int verified = X509_verify_cert(context);
    const int error = verified == 1 ? X509_V_OK : X509_STORE_CTX_get_error(context);
    X509_STORE_CTX_free(context);
    sk_X509_free(above);
    X509_free(root);
    X509_STORE_free(store);
    return error;
  }

  int verify(CertificateKind kind, bool check_name = true) {
    return verify(ca.issue(host, kind, name), check_name);
  }

  fakes::TestHost host;
  fakes::LabCa ca;
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(each_fault_is_the_one_that_a_verifier_names, Lab) {
  BOOST_TEST(verify(CertificateKind::good) == X509_V_OK);
  BOOST_TEST(verify(CertificateKind::wildcard) == X509_V_OK);
  BOOST_TEST(verify(CertificateKind::self_signed) == X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT);
  BOOST_TEST(verify(CertificateKind::expired) == X509_V_ERR_CERT_HAS_EXPIRED);
  BOOST_TEST(verify(CertificateKind::not_yet_valid) == X509_V_ERR_CERT_NOT_YET_VALID);
  for (const auto kind :
       {CertificateKind::wrong_name, CertificateKind::cn_only, CertificateKind::nul_in_name}) {
    BOOST_TEST(verify(kind) == X509_V_ERR_HOSTNAME_MISMATCH);
    BOOST_TEST(verify(kind, false) == X509_V_OK);
  }
  BOOST_TEST(verify(CertificateKind::unknown_ca) ==
             X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
  BOOST_TEST(verify(CertificateKind::missing_intermediate) ==
             X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
  BOOST_TEST(verify(CertificateKind::weak_key) == X509_V_ERR_EE_KEY_TOO_SMALL);
  BOOST_TEST(verify(CertificateKind::sha1) == X509_V_ERR_CA_MD_TOO_WEAK);
}

BOOST_FIXTURE_TEST_CASE(root_and_intermediate_are_made_once, Lab) {
  const std::string root = ca.root_pem(host);
  const auto first = ca.issue(host, CertificateKind::good, "a.test");
  const auto second = ca.issue(host, CertificateKind::good, "b.test");
  BOOST_TEST(ca.root_pem(host) == root);
  BOOST_TEST(first.above.at(0) == second.above.at(0));
  BOOST_TEST(first.leaf != second.leaf);
  BOOST_TEST(first.above.at(0)->pem() != root);
}

BOOST_AUTO_TEST_CASE(every_kind_has_a_name_that_leads_back_to_it) {
  for (int i = 0; i <= static_cast<int>(CertificateKind::sha1); ++i) {
    const auto kind = static_cast<CertificateKind>(i);
    BOOST_TEST((fakes::certificate_kind_from_name(fakes::to_string(kind)) == kind));
  }
  BOOST_TEST(!fakes::certificate_kind_from_name("perfect"));
}
