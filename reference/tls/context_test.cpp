#include "reference/tls/context.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/tls/negotiated.hpp"
#include "reference/tls/test_machine.hpp"

namespace {

using namespace sealgate;
using settings::TlsVersion;

struct Ends : tls::test::TestMachine {
  tls::Credentials credentials = tls::make_self_signed(*this, "gw.corp.test");

  static settings::Tls asked(TlsVersion min, TlsVersion max, int bits = 128) {
    settings::Tls made;
    made.version_min = min;
    made.version_max = max;
    made.strength_bits_min = bits;
    return made;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(both_roles_agree_on_tls_1_3_and_the_client_sees_credentials, Ends) {
  const auto client = tls::Context::client({});
  const auto server = tls::Context::server({}, credentials);
  tls::test::Pair pair(client.get(), server.get());
  BOOST_REQUIRE(pair.handshake());
  const auto negotiated = tls::describe(pair.client.get());
  BOOST_TEST(negotiated.version == "TLSv1.3");
  BOOST_TEST(negotiated.bits >= 128);
  BOOST_TEST(negotiated.peer_credentials);
  BOOST_TEST(!tls::weakness_of(negotiated, {}).has_value());
}

BOOST_FIXTURE_TEST_CASE(versions_without_overlap_do_not_meet, Ends) {
  const auto old_client = tls::Context::client(asked(TlsVersion::tls1_2, TlsVersion::tls1_2));
  const auto new_server =
      tls::Context::server(asked(TlsVersion::tls1_3, TlsVersion::tls1_3), credentials);
  BOOST_TEST(!tls::test::Pair(old_client.get(), new_server.get()).handshake());
  const auto new_client = tls::Context::client(asked(TlsVersion::tls1_2, TlsVersion::tls1_3));
  BOOST_TEST(tls::test::Pair(new_client.get(), new_server.get()).handshake());
}

BOOST_FIXTURE_TEST_CASE(no_suite_is_anonymous_unencrypted_or_weak, Ends) {
  for (const int bits : {128, 256}) {
    const auto made = tls::Context::client(asked(TlsVersion::tls1_2, TlsVersion::tls1_3, bits));
    const auto* ciphers = SSL_CTX_get_ciphers(made.get());
    BOOST_REQUIRE(sk_SSL_CIPHER_num(ciphers) > 4);
    for (int i = 0; i < sk_SSL_CIPHER_num(ciphers); ++i) {
      const SSL_CIPHER* cipher = sk_SSL_CIPHER_value(ciphers, i);
      BOOST_TEST(SSL_CIPHER_get_bits(cipher, nullptr) >= bits, SSL_CIPHER_get_name(cipher));
      BOOST_TEST(SSL_CIPHER_get_auth_nid(cipher) != NID_auth_null, SSL_CIPHER_get_name(cipher));
    }
  }
}

BOOST_FIXTURE_TEST_CASE(an_anonymous_server_is_refused, Ends) {
  SSL_CTX* anonymous = SSL_CTX_new(TLS_server_method());
  SSL_CTX_set_max_proto_version(anonymous, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(anonymous, "ADH:AECDH:@SECLEVEL=0");
  const auto client = tls::Context::client({});
  BOOST_TEST(!tls::test::Pair(client.get(), anonymous).handshake());
  SSL_CTX_free(anonymous);
}

BOOST_FIXTURE_TEST_CASE(a_client_is_asked_for_a_certificate_where_that_is_wanted_and_none_will_do,
                        Ends) {
  const auto with = tls::make_self_signed(*this, "mail.partner.test");
  const auto bare = tls::Context::client({});
  const auto client = tls::Context::client({});
  SSL_CTX_use_certificate(client.get(), with.certificate.get());
  SSL_CTX_use_PrivateKey(client.get(), with.key.get());
  for (const bool request : {false, true}) {
    const auto server = tls::Context::server({}, credentials, request);
    tls::test::Pair pair(client.get(), server.get());
    BOOST_REQUIRE(pair.handshake());
    BOOST_TEST(tls::peer_name(pair.server.get()) == (request ? "mail.partner.test" : ""));
    tls::test::Pair without(bare.get(), server.get());
    BOOST_REQUIRE(without.handshake());
    BOOST_TEST(tls::peer_name(without.server.get()) == "");
  }
}

BOOST_FIXTURE_TEST_CASE(nothing_is_kept_for_resumption, Ends) {
  const auto client = tls::Context::client({});
  const auto server = tls::Context::server({}, credentials);
  BOOST_TEST(SSL_CTX_get_session_cache_mode(client.get()) == SSL_SESS_CACHE_OFF);
  BOOST_TEST(SSL_CTX_get_session_cache_mode(server.get()) == SSL_SESS_CACHE_OFF);
  BOOST_TEST(SSL_CTX_get_num_tickets(server.get()) == 0u);
}

BOOST_FIXTURE_TEST_CASE(a_server_without_credentials_is_a_broken_installation, Ends) {
  BOOST_CHECK_THROW(tls::Context::server({}, {"no pem"}), std::runtime_error);
}

BOOST_FIXTURE_TEST_CASE(a_session_that_a_server_hands_out_is_never_used_again, Ends) {
  for (const auto version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    const auto client = tls::Context::client({});
    const auto server = tls::Context::server({}, credentials);
    SSL_CTX_clear_options(server.get(), SSL_OP_NO_TICKET);
    SSL_CTX_set_num_tickets(server.get(), 2);
    SSL_CTX_set_session_cache_mode(server.get(), SSL_SESS_CACHE_SERVER);
    SSL_CTX_set_max_proto_version(server.get(), version);
    for (int connection = 0; connection < 2; ++connection) {
      tls::test::Pair pair(client.get(), server.get());
      BOOST_REQUIRE(pair.handshake());
      char byte = 0;  // takes in what came behind the handshake
      SSL_read(pair.client.get(), &byte, 1);
      BOOST_TEST(!SSL_session_reused(pair.client.get()));
    }
  }
}

BOOST_FIXTURE_TEST_CASE(an_old_version_is_spoken_where_the_settings_let_it_in, Ends) {
  for (const auto old : {TlsVersion::tls1_0, TlsVersion::tls1_1}) {
    const auto old_server = tls::Context::server(asked(old, old), credentials);
    const auto lenient = tls::Context::client(asked(TlsVersion::tls1_0, TlsVersion::tls1_3));
    tls::test::Pair pair(lenient.get(), old_server.get());
    BOOST_TEST(pair.handshake());
    BOOST_TEST(!tls::weakness_of(tls::describe(pair.client.get()),
                                 asked(TlsVersion::tls1_0, TlsVersion::tls1_3))
                    .has_value());
    const auto strict = tls::Context::client({});
    BOOST_TEST(!tls::test::Pair(strict.get(), old_server.get()).handshake());
  }
}
