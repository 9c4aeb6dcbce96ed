#include "fakes/core/tls_context.hpp"

#include <openssl/ssl.h>

#include <stdexcept>

namespace fakes {
namespace {

void require(bool success, const std::string& what) {
  if (!success) throw std::runtime_error("OpenSSL refuses " + what);
}

int number_of(TlsVersion version) {
  switch (version) {
    case TlsVersion::tls1_0:
      return TLS1_VERSION;
    case TlsVersion::tls1_1:
      return TLS1_1_VERSION;
    case TlsVersion::tls1_2:
      return TLS1_2_VERSION;
    case TlsVersion::tls1_3:
      return TLS1_3_VERSION;
  }
  return 0;
}

int accept_any_certificate(int, X509_STORE_CTX*) {
  return 1;
}

int accept_no_certificate(X509_STORE_CTX* store, void*) {
  X509_STORE_CTX_set_error(store, X509_V_ERR_CERT_REJECTED);
  return 0;
}

void ask_for_certificate(SSL_CTX* context, ClientCertificate wanted) {
  if (wanted == ClientCertificate::not_asked) return;
  int mode = SSL_VERIFY_PEER;
  if (wanted != ClientCertificate::requested) mode |= SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
  SSL_CTX_set_verify(context, mode, accept_any_certificate);
  if (wanted == ClientCertificate::refused)
    SSL_CTX_set_cert_verify_callback(context, accept_no_certificate, nullptr);
}

std::string peer_certificate(SSL* ssl) {
  X509* certificate = SSL_get1_peer_certificate(ssl);
  if (!certificate) return "none";
  std::string pem = to_pem(certificate);
  X509_free(certificate);
  return pem;
}

}  // namespace

void TlsContext::Free::operator()(SSL_CTX* context) const {
  SSL_CTX_free(context);
}

TlsContext::TlsContext(SSL_CTX* context, const TlsOptions& options) : context_(context) {
  require(context != nullptr, "a new context");
  // A fake may be as weak as its scenario wants: the system's policy is the gateway's business.
  SSL_CTX_set_security_level(context, 0);
  require(SSL_CTX_set_min_proto_version(context, number_of(options.version_min)) == 1 &&
              SSL_CTX_set_max_proto_version(context, number_of(options.version_max)) == 1,
          "the TLS versions");
  if (!options.cipher_list.empty()) {
    require(SSL_CTX_set_cipher_list(context, options.cipher_list.c_str()) == 1,
            "the cipher list '" + options.cipher_list + "'");
  }
  if (!options.ciphersuites.empty()) {
    require(SSL_CTX_set_ciphersuites(context, options.ciphersuites.c_str()) == 1,
            "the cipher suites '" + options.ciphersuites + "'");
  }
}

TlsContext TlsContext::server(const TlsOptions& options) {
  TlsContext context(SSL_CTX_new(TLS_server_method()), options);
  SSL_CTX_set_dh_auto(context.get(), 1);
  constexpr unsigned char id[] = "fakes";
  SSL_CTX_set_session_id_context(context.get(), id, sizeof id);
  ask_for_certificate(context.get(), options.client_certificate);
  if (!options.tickets) {
    SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
    SSL_CTX_set_options(context.get(), SSL_OP_NO_TICKET);
    SSL_CTX_set_num_tickets(context.get(), 0);
  }
  return context;
}

TlsContext TlsContext::client(const TlsOptions& options) {
  TlsContext context(SSL_CTX_new(TLS_client_method()), options);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
  return context;
}

void TlsContext::present(std::shared_ptr<const Certificate> certificate) {
  require(SSL_CTX_use_certificate(get(), certificate->x509()) == 1 &&
              SSL_CTX_use_PrivateKey(get(), certificate->key()) == 1,
          "the certificate");
  certificate_ = std::move(certificate);
}

void TlsContext::present(const CertificateChain& chain) {
  present(chain.leaf);
  for (const auto& certificate : chain.above)
    require(SSL_CTX_add1_chain_cert(get(), certificate->x509()) == 1, "a certificate of the chain");
}

std::vector<std::pair<std::string, std::string>> describe_tls(SSL* ssl) {
  const char* server_name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
  return {
      {"version", SSL_get_version(ssl)},
      {"cipher", SSL_get_cipher_name(ssl)},
      {"bits", std::to_string(SSL_get_cipher_bits(ssl, nullptr))},
      {"resumed", SSL_session_reused(ssl) ? "yes" : "no"},
      {"server-name", server_name ? server_name : ""},
      {"peer-certificate", peer_certificate(ssl)},
  };
}

}  // namespace fakes
