#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/stat.h>

#include <fstream>

#include "reference/host/real/loopback_fixture.hpp"
#include "reference/host/tls_stream.hpp"

using namespace host;
using namespace host::test;
using boost::asio::awaitable;

namespace {

template <auto release>
struct Releaser {
  template <class T>
  void operator()(T* object) const {
    release(object);
  }
};
using Context = std::unique_ptr<SSL_CTX, Releaser<SSL_CTX_free>>;

// A server's context with a fresh P-256 key and a certificate for it.
Context make_server() {
  const std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>> key(EVP_EC_gen("P-256"));
  const std::unique_ptr<X509, Releaser<X509_free>> certificate(X509_new());
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key.get());
  X509_sign(certificate.get(), key.get(), EVP_sha256());
  Context context(SSL_CTX_new(TLS_server_method()));
  BOOST_REQUIRE(SSL_CTX_use_certificate(context.get(), certificate.get()) == 1);
  BOOST_REQUIRE(SSL_CTX_use_PrivateKey(context.get(), key.get()) == 1);
  return context;
}

struct TlsLoopback : Loopback {
  Context server = make_server();
  Context client{SSL_CTX_new(TLS_client_method())};
};

awaitable<void> shake(TlsLoopback& loopback, std::unique_ptr<Stream>& stream, TlsRole role) {
  SSL_CTX* context = role == TlsRole::server ? loopback.server.get() : loopback.client.get();
  auto shaking =
      tls_handshake(loopback.host, std::move(stream), context, role, {}, loopback.in(20s));
  auto result = co_await std::move(shaking);
  BOOST_TEST(result.failure.reason == "");
  stream = std::move(result.stream);
}

awaitable<void> write_and_close(TlsLoopback& loopback, std::unique_ptr<Stream> transport,
                                std::string bytes, bool in_order) {
  co_await shake(loopback, transport, TlsRole::server);
  const auto error = co_await write_all(loopback.host, *transport, bytes, loopback.in(20s));
  BOOST_TEST(!error);
  if (in_order) {
    transport->close();
    co_return;
  }
  // What destroys the stream instead says no close_notify: the peer cannot tell it from a cut.
}

awaitable<void> read_all(TlsLoopback& loopback, bool in_order) {
  auto pair = co_await connect_pair(loopback);
  const std::string bytes = pattern(2 * 1024 * 1024);
  loopback.start(write_and_close(loopback, std::move(pair.server), bytes, in_order));
  co_await shake(loopback, pair.client, TlsRole::client);
  std::string received;
  const auto error = co_await read_to_end(loopback, *pair.client, received);
  BOOST_TEST((received == bytes));
  BOOST_TEST(error == make_error_code(in_order ? Error::end_of_stream : Error::tls_truncated));
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_close_notify_right_before_the_close_arrives, TlsLoopback) {
  for (int i = 0; i < 5; ++i) start(read_all(*this, true));
  run();
}

BOOST_FIXTURE_TEST_CASE(a_connection_that_is_dropped_is_truncated, TlsLoopback) {
  start(read_all(*this, false));
  run();
}

BOOST_FIXTURE_TEST_CASE(tls_secrets_are_in_the_key_log_for_the_owner_only, TlsLoopback) {
  start(read_all(*this, true));
  run();
  std::ifstream file(directory.path() / "keys");
  std::string line;
  int secrets = 0;
  while (std::getline(file, line)) secrets += line.starts_with("CLIENT_TRAFFIC_SECRET_0 ");
  BOOST_TEST(secrets == 2);  // both ends are ours
  struct stat status {};
  ::stat((directory.path() / "keys").c_str(), &status);
  BOOST_TEST((status.st_mode & 07777) == 0600u);
}
