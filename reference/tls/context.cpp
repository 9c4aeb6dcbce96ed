#include "reference/tls/context.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <stdexcept>

#include "reference/tls/peer_check.hpp"
#include "reference/tls/pem.hpp"

namespace sealgate::tls {
namespace {

void require(bool done, const char* what) {
  if (done) return;
  ERR_clear_error();
  throw std::runtime_error(std::string("OpenSSL: ") + what);
}

int protocol(settings::TlsVersion version) {
  switch (version) {
    case settings::TlsVersion::tls1_0:
      return TLS1_VERSION;
    case settings::TlsVersion::tls1_1:
      return TLS1_1_VERSION;
    case settings::TlsVersion::tls1_2:
      return TLS1_2_VERSION;
    case settings::TlsVersion::tls1_3:
      return TLS1_3_VERSION;
  }
  return TLS1_3_VERSION;
}

// OpenSSL's level 2, except that the old versions and their signatures (MD5 with SHA-1) may be.
int allow_old_versions(const SSL*, const SSL_CTX*, int operation, int bits, int, void*, void*) {
  switch (operation) {
    case SSL_SECOP_VERSION:
    case SSL_SECOP_SIGALG_SUPPORTED:
    case SSL_SECOP_SIGALG_SHARED:
    case SSL_SECOP_SIGALG_CHECK:
    case SSL_SECOP_SIGALG_MASK:
      return 1;
    default:
      return bits >= 112;
  }
}

// Up to TLS 1.2: forward secrecy first; without authentication, without encryption, export and
// whatever is below 128 bits never (RUL-01). The security level is no substitute: OpenSSL's
// level 0 would let them in, and a distribution may change the default.
constexpr const char* ciphers_128 =
    "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM:DHE+CHACHA20:HIGH:!aNULL:!eNULL:!EXPORT:!LOW:!MEDIUM:"
    "!3DES:!DES:!RC4:!MD5:!PSK:!SRP";
constexpr const char* ciphers_256 =
    "ECDHE+AES256:ECDHE+CHACHA20:DHE+AES256:DHE+CHACHA20:AES256:!aNULL:!eNULL:!EXPORT:!PSK:!SRP";
// TLS 1.3 has no weak ones; AES-128 goes where 256 bits are asked for.
constexpr const char* suites_128 =
    "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256";
constexpr const char* suites_256 = "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";

void use(SSL_CTX* context, const Credentials& credentials) {
  X509* certificate = credentials.certificate.get();
  require(certificate && SSL_CTX_use_certificate(context, certificate), "certificate");
  EVP_PKEY* key = credentials.key.get();
  require(key && SSL_CTX_use_PrivateKey(context, key), "private key");
  require(SSL_CTX_check_private_key(context), "the key is not the certificate's");
  for (const auto& issuer : credentials.chain)
    require(SSL_CTX_add1_chain_cert(context, issuer.get()), "chain");
}

}  // namespace

void Context::Free::operator()(SSL_CTX* context) const {
  SSL_CTX_free(context);
}

Context::Context(bool is_server, const settings::Tls& asked)
    : context_(SSL_CTX_new(is_server ? TLS_server_method() : TLS_client_method())) {
  SSL_CTX* context = context_.get();
  require(context != nullptr, "no context");
  const bool strong = asked.strength_bits_min > 128;
  require(SSL_CTX_set_min_proto_version(context, protocol(asked.version_min)), "minimum version");
  require(SSL_CTX_set_max_proto_version(context, protocol(asked.version_max)), "maximum version");
  require(SSL_CTX_set_cipher_list(context, strong ? ciphers_256 : ciphers_128), "ciphers");
  require(SSL_CTX_set_ciphersuites(context, strong ? suites_256 : suites_128), "ciphersuites");
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_options(context, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nullptr);
  if (asked.version_min < settings::TlsVersion::tls1_2)
    SSL_CTX_set_security_callback(context, allow_old_versions);
}

Context Context::client(const settings::Tls& asked, const std::vector<std::string>& trusted_cas,
                        const Credentials* identity) {
  Context made(false, asked);
  let_peers_be_checked(made.get());
  X509_STORE* store = SSL_CTX_get_cert_store(made.get());
  for (const auto& text : trusted_cas) {
    const auto certificates = read_certificates(text);
    require(!certificates.empty(), "a trusted CA without a certificate");
    for (const auto& one : certificates)
      require(X509_STORE_add_cert(store, one.get()), "a trusted CA");
  }
  if (identity) use(made.get(), *identity);
  return made;
}

Context Context::server(const settings::Tls& asked, const Credentials& credentials,
                        bool request_certificate) {
  Context made(true, asked);
  SSL_CTX* context = made.get();
  SSL_CTX_set_num_tickets(context, 0);
  SSL_CTX_set_options(context, SSL_OP_CIPHER_SERVER_PREFERENCE);
  if (request_certificate) {
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, [](int, X509_STORE_CTX*) { return 1; });
  }
  use(context, credentials);
  return made;
}

}  // namespace sealgate::tls
