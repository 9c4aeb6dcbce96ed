#include "reference/tls/peer_check.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/tls/test_authority.hpp"
#include "reference/tls/test_machine.hpp"
#include "reference/tls/trusted_cas.hpp"

namespace {

using namespace sealgate;
using namespace std::chrono_literals;
using settings::TlsLevel;
using tls::CertificateFault;
using tls::test::LeafSpec;

const std::string host_name = "mx.partner.test";

struct Peers : tls::test::TestMachine {
  tls::test::Authority authority{wall_now()};

  /// What a client at that level finds wrong with a server that has this certificate. The handshake
  /// must fail exactly where it finds something.
  std::optional<CertificateFault> fault(TlsLevel level, const tls::Credentials& server,
                                        const std::string& host = host_name) {
    const auto client_context = tls::Context::client({}, {authority.pem()});
    const std::unique_ptr<SSL_CTX, tls::FreeWith<SSL_CTX_free>> server_context(
        SSL_CTX_new(TLS_server_method()));
    SSL_CTX_set_security_level(server_context.get(), 0);  // or it would not have weak ones
    SSL_CTX_use_certificate(server_context.get(), server.certificate.get());
    SSL_CTX_use_PrivateKey(server_context.get(), server.key.get());
    tls::test::Pair pair(client_context.get(), server_context.get());
    tls::PeerCheck check{level, host, wall_now()};
    tls::check_peer(pair.client.get(), check);
    const bool shook_hands = pair.handshake();
    BOOST_TEST(shook_hands == !check.fault.has_value());
    BOOST_TEST(check.detail.empty() == !check.fault.has_value());
    return check.fault;
  }

  void expect(const tls::Credentials& server, std::optional<CertificateFault> at_verify,
              bool has_name) {
    const auto name = has_name ? std::nullopt : std::optional(CertificateFault::name_mismatch);
    BOOST_TEST((fault(TlsLevel::encrypt, server) == std::nullopt));
    BOOST_TEST((fault(TlsLevel::encrypt_cn, server) == name));
    BOOST_TEST((fault(TlsLevel::verify, server) == at_verify));
    BOOST_TEST((fault(TlsLevel::verify_cn, server) == (at_verify ? at_verify : name)));
  }

  bool names(const LeafSpec& spec, const std::string& host = host_name) {
    return tls::names_host(authority.issue(spec).certificate.get(), host);
  }
};

LeafSpec with(std::string common_name, std::string alternative_names) {
  return {.common_name = std::move(common_name), .alternative_names = std::move(alternative_names)};
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(each_level_asks_what_it_says, Peers) {
  expect(authority.issue({}), std::nullopt, true);
  expect(authority.issue(with("mx.else.test", "")), std::nullopt, false);
  expect(tls::make_self_signed(*this, host_name), CertificateFault::untrusted, true);
  expect(tls::make_self_signed(*this, "other.test"), CertificateFault::untrusted, false);
  tls::test::Authority stranger(wall_now(), "Another Root");
  expect(stranger.issue({}), CertificateFault::untrusted, true);
  tls::test::Authority impostor(wall_now());  // the same name with another key
  const auto forged = fault(TlsLevel::verify, impostor.issue({}));
  BOOST_TEST(forged.has_value());
}

BOOST_FIXTURE_TEST_CASE(a_chain_is_valid_in_its_time_and_strong_enough, Peers) {
  expect(authority.issue({.valid_from = -48h, .valid_to = -1h}), CertificateFault::expired, true);
  expect(authority.issue({.valid_from = 1h, .valid_to = 48h}), CertificateFault::not_yet_valid,
         true);
  expect(authority.issue({.rsa_bits = 1024}), CertificateFault::weak, true);
  expect(authority.issue({.digest = EVP_sha1()}), CertificateFault::weak, true);
  expect(authority.issue({.rsa_bits = 2048}), std::nullopt, true);
}

BOOST_FIXTURE_TEST_CASE(names_match_by_rfc_6125, Peers) {
  BOOST_TEST(names(with("x", "DNS:mx.partner.test")));
  BOOST_TEST(names(with("x", "DNS:a.test, DNS:MX.Partner.TEST")));
  // The common name counts only where there is no dNSName (section 6.4.4).
  BOOST_TEST(names(with(host_name, "")));
  BOOST_TEST(!names(with(host_name, "DNS:other.test")));
  // A wildcard is one whole leftmost label (section 6.4.3).
  BOOST_TEST(names(with("x", "DNS:*.partner.test")));
  BOOST_TEST(names(with("*.partner.test", "")));
  for (const auto* wrong : {"*.test", "m*.partner.test", "*x.partner.test", "mx.*.test", "*",
                            "*.mx.partner.test", "partner.test"})
    BOOST_TEST(!names(with("x", std::string("DNS:") + wrong)), wrong);
  BOOST_TEST(!names(with("x", "DNS:*.partner.test"), "partner.test"));
  // An international name is compared as its A-label (section 6.4.2).
  BOOST_TEST(names(with("x", "DNS:xn--mnchen-3ya.test"), "xn--mnchen-3ya.test"));
  BOOST_TEST(!names(with("x", "DNS:mx.partner.test"), ""));
}

BOOST_FIXTURE_TEST_CASE(a_nul_in_a_name_ends_nothing, Peers) {
  const std::string trick = host_name + std::string("\0.evil.test", 11);
  BOOST_TEST(!names({.common_name = "x", .raw_dns_name = trick}));
  BOOST_TEST(!names({.common_name = trick}));
}

BOOST_FIXTURE_TEST_CASE(an_address_is_matched_as_an_address, Peers) {
  BOOST_TEST(names(with("x", "IP:192.0.2.1"), "192.0.2.1"));
  BOOST_TEST(names(with("x", "IP:2001:db8::1"), "2001:db8::1"));
  BOOST_TEST(!names(with("192.0.2.1", "DNS:192.0.2.1"), "192.0.2.1"));
}

BOOST_FIXTURE_TEST_CASE(trusted_cas_come_from_the_text_or_from_a_file, Peers) {
  files["ca.pem"] = authority.pem();
  files["empty.pem"] = "nothing";
  settings::Tls asked;
  asked.trusted_cas = {authority.pem(), "ca.pem"};
  BOOST_TEST(tls::load_trusted_cas(*this, asked).size() == 2u);
  for (const auto* bad : {"missing.pem", "empty.pem", "-----BEGIN CERTIFICATE-----\n"}) {
    asked.trusted_cas = {bad};
    BOOST_CHECK_THROW(tls::load_trusted_cas(*this, asked), std::runtime_error);
  }
}
