#include "fakes/core/tls_context.hpp"

#include <openssl/ssl.h>

#include <boost/test/unit_test.hpp>

#include "fakes/core/test_host.hpp"

using fakes::TlsContext;
using fakes::TlsOptions;
using fakes::TlsVersion;

namespace {

// Two ends joined by memory. True when both have finished.
struct Pair {
  Pair(const TlsContext& server_context, const TlsContext& client_context)
      : server(SSL_new(server_context.get())), client(SSL_new(client_context.get())) {
    BIO* server_end = nullptr;
    BIO* client_end = nullptr;
    BIO_new_bio_pair(&server_end, 0, &client_end, 0);
    SSL_set_bio(server, server_end, server_end);
    SSL_set_bio(client, client_end, client_end);
    SSL_set_accept_state(server);
    SSL_set_connect_state(client);
  }
  ~Pair() {
    SSL_free(server);
    SSL_free(client);
  }
  Pair(const Pair&) = delete;
  Pair& operator=(const Pair&) = delete;

  bool shake_hands() {
    bool done = false;
    for (int round = 0; round < 10 && !done; ++round) {
      const int at_client = SSL_do_handshake(client);
      const int at_server = SSL_do_handshake(server);
      done = at_client == 1 && at_server == 1;
    }
    return done;
  }

  SSL* server;
  SSL* client;
};

TlsContext server(const TlsOptions& options) {
  fakes::TestHost host;
  TlsContext context = TlsContext::server(options);
  context.present(fakes::make_self_signed(host, fakes::certificate_for("mx.test")));
  return context;
}

}  // namespace

BOOST_AUTO_TEST_CASE(two_fakes_shake_hands_and_say_what_came_of_it) {
  Pair pair(server({}), TlsContext::client({}));
  SSL_set_tlsext_host_name(pair.client, "mx.test");
  BOOST_REQUIRE(pair.shake_hands());
  const auto at_server = fakes::describe_tls(pair.server);
  const std::pair<std::string, std::string> version{"version", "TLSv1.3"};
  BOOST_CHECK(at_server[0] == version);
  BOOST_TEST(at_server[1].second == "TLS_AES_256_GCM_SHA384");
  BOOST_TEST(at_server[2].second == "256");
  BOOST_TEST(at_server[3].second == "no");
  BOOST_TEST(at_server[4].second == "mx.test");
  BOOST_TEST(at_server[5].second == "none");
  BOOST_TEST(fakes::describe_tls(pair.client)[5].second.starts_with("-----BEGIN CERTIFICATE-----"));
}

BOOST_AUTO_TEST_CASE(versions_are_capped_down_to_the_oldest) {
  const std::pair<TlsVersion, const char*> versions[] = {{TlsVersion::tls1_0, "TLSv1"},
                                                         {TlsVersion::tls1_1, "TLSv1.1"},
                                                         {TlsVersion::tls1_2, "TLSv1.2"},
                                                         {TlsVersion::tls1_3, "TLSv1.3"}};
  for (const auto& [version, name] : versions) {
    TlsOptions capped;
    capped.version_min = capped.version_max = version;
    TlsOptions any;
    any.version_min = TlsVersion::tls1_0;
    Pair pair(server(capped), TlsContext::client(any));
    BOOST_TEST(pair.shake_hands(), name);
    BOOST_TEST(SSL_get_version(pair.client) == std::string(name));
  }
  TlsOptions old;
  old.version_max = TlsVersion::tls1_2;
  TlsOptions modern;
  modern.version_min = TlsVersion::tls1_3;
  Pair pair(server(old), TlsContext::client(modern));
  BOOST_TEST(!pair.shake_hands());
}

BOOST_AUTO_TEST_CASE(a_client_certificate_is_asked_for_and_seen) {
  fakes::TestHost host;
  TlsOptions asks;
  asks.client_certificate = fakes::ClientCertificate::requested;
  TlsContext client = TlsContext::client({});
  client.present(fakes::make_self_signed(host, fakes::certificate_for("gateway.test")));
  Pair pair(server(asks), client);
  BOOST_REQUIRE(pair.shake_hands());
  BOOST_TEST(fakes::describe_tls(pair.server)[5].second != "none");
}

BOOST_AUTO_TEST_CASE(an_anonymous_suite_needs_no_certificate) {
  TlsOptions anonymous;
  anonymous.version_max = TlsVersion::tls1_2;
  anonymous.cipher_list = "aNULL";
  Pair pair(TlsContext::server(anonymous), TlsContext::client(anonymous));
  BOOST_TEST(pair.shake_hands());
}

BOOST_AUTO_TEST_CASE(nonsense_options_throw) {
  TlsOptions options;
  options.cipher_list = "NO-SUCH-CIPHER";
  BOOST_CHECK_THROW(TlsContext::server(options), std::runtime_error);
  options = {};
  options.ciphersuites = "TLS_NO_SUCH";
  BOOST_CHECK_THROW(TlsContext::server(options), std::runtime_error);
}
