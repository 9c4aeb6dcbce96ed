#include "sim/engine/bare_openssl_work.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

namespace sealcheck::engine {
namespace {

template <auto free>
struct FreeWith {
  template <class T>
  void operator()(T* value) const {
    free(value);
  }
};
using Key = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, FreeWith<X509_free>>;
using Context = std::unique_ptr<SSL_CTX, FreeWith<SSL_CTX_free>>;
using Session = std::unique_ptr<SSL, FreeWith<SSL_free>>;
using Memory = std::unique_ptr<BIO, FreeWith<BIO_free>>;

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "bare OpenSSL work: %s\n", what);
  std::abort();
}

Certificate make_certificate(EVP_PKEY* key, const char* name) {
  Certificate certificate(X509_new());
  X509* x509 = certificate.get();
  X509_set_version(x509, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(x509), 0x4153'2171);
  ASN1_TIME_set(X509_getm_notBefore(x509), 1'772'000'000);
  ASN1_TIME_set(X509_getm_notAfter(x509), 2'087'000'000);
  X509_NAME* subject = X509_get_subject_name(x509);
  X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
  X509_set_issuer_name(x509, subject);
  const std::string alternative = std::string("DNS:") + name;
  X509_EXTENSION* extension =
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, alternative.c_str());
  X509_add_ext(x509, extension, -1);
  X509_EXTENSION_free(extension);
  X509_set_pubkey(x509, key);
  require(X509_sign(x509, key, EVP_sha256()) > 0, "no signature");
  return certificate;
}

// As reference/tls/context.cpp has it.
Context gateway_context(const SSL_METHOD* method) {
  Context context(SSL_CTX_new(method));
  SSL_CTX* made = context.get();
  SSL_CTX_set_min_proto_version(made, TLS1_2_VERSION);
  SSL_CTX_set_max_proto_version(made, TLS1_3_VERSION);
  SSL_CTX_set_cipher_list(
      made,
      "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM:DHE+CHACHA20:HIGH:!aNULL:!eNULL:!EXPORT:!LOW:"
      "!MEDIUM:!3DES:!DES:!RC4:!MD5:!PSK:!SRP");
  SSL_CTX_set_ciphersuites(
      made, "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256");
  SSL_CTX_set_session_cache_mode(made, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_options(made, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_verify(made, SSL_VERIFY_NONE, nullptr);
  return context;
}

void present(SSL_CTX* context, X509* certificate, EVP_PKEY* key) {
  require(SSL_CTX_use_certificate(context, certificate) && SSL_CTX_use_PrivateKey(context, key),
          "the context does not take the certificate");
}

Session session(SSL_CTX* context, bool client) {
  Session made(SSL_new(context));
  SSL_set_bio(made.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
  client ? SSL_set_connect_state(made.get()) : SSL_set_accept_state(made.get());
  return made;
}

std::size_t pump(SSL* from, SSL* to) {
  char bytes[20000];
  std::size_t total = 0;
  for (int count; (count = BIO_read(SSL_get_wbio(from), bytes, sizeof bytes)) > 0;
       total += static_cast<std::size_t>(count))
    BIO_write(SSL_get_rbio(to), bytes, count);
  return total;
}

void say(SSL* from, SSL* to, std::string_view text) {
  char bytes[20000];
  SSL_write(from, text.data(), static_cast<int>(text.size()));
  pump(from, to);
  require(SSL_read(to, bytes, sizeof bytes) == static_cast<int>(text.size()), "bytes got lost");
}

void be_refused(SSL_CTX* context) {
  const Session client = session(context, true);
  SSL_set_tlsext_host_name(client.get(), "mx.partner.test");
  SSL_do_handshake(client.get());
  constexpr unsigned char handshake_failure[] = {21, 3, 3, 0, 2, 2, 40};
  BIO_write(SSL_get_rbio(client.get()), handshake_failure, sizeof handshake_failure);
  require(SSL_do_handshake(client.get()) < 0, "the alert does not end the handshake");
  ERR_clear_error();
}

void deliver(SSL_CTX* client_context, SSL_CTX* server_context) {
  const Session client = session(client_context, true);
  const Session server = session(server_context, false);
  SSL_set_tlsext_host_name(client.get(), "mx.partner.test");
  for (std::size_t moved = 1; moved > 0;) {
    SSL_do_handshake(client.get());
    moved = pump(client.get(), server.get());
    SSL_do_handshake(server.get());
    moved += pump(server.get(), client.get());
  }
  require(SSL_is_init_finished(client.get()) && SSL_is_init_finished(server.get()), "no handshake");
  const std::string message(1600, 'm');
  for (int turn = 0; turn < 5; ++turn) {
    say(client.get(), server.get(), turn == 3 ? message : "MAIL FROM:<alice@corp.test>\r\n");
    say(server.get(), client.get(), "250 2.1.0 Sender ok\r\n");
  }
  SSL_shutdown(client.get());
  pump(client.get(), server.get());
  char byte = 0;
  require(SSL_read(server.get(), &byte, 1) <= 0, "no end");
  SSL_shutdown(server.get());
}

void write_pem(EVP_PKEY* key, X509* certificate) {
  const Memory pem(BIO_new(BIO_s_mem()));
  PEM_write_bio_PKCS8PrivateKey(pem.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  require(PEM_write_bio_X509(pem.get(), certificate) == 1, "no PEM");
}

}  // namespace

void bare_openssl_work() {
  const Key gateway_key(EVP_EC_gen("P-256"));
  const Certificate gateway_certificate = make_certificate(gateway_key.get(), "gateway.corp.test");
  write_pem(gateway_key.get(), gateway_certificate.get());
  const Context client = gateway_context(TLS_client_method());
  const Context server = gateway_context(TLS_server_method());
  present(server.get(), gateway_certificate.get(), gateway_key.get());
  require(SSL_CTX_check_private_key(server.get()), "not the certificate's key");
  be_refused(client.get());

  const Context peer(SSL_CTX_new(TLS_server_method()));
  SSL_CTX_set_min_proto_version(peer.get(), TLS1_2_VERSION);
  SSL_CTX_set_max_proto_version(peer.get(), TLS1_3_VERSION);
  SSL_CTX_set_dh_auto(peer.get(), 1);
  const Key peer_key(EVP_EC_gen("P-256"));
  const Certificate peer_certificate = make_certificate(peer_key.get(), "mx.partner.test");
  present(peer.get(), peer_certificate.get(), peer_key.get());
  deliver(client.get(), peer.get());
}

}  // namespace sealcheck::engine
