#include "reference/tls/peer_check.hpp"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <boost/asio/ip/address.hpp>

namespace sealgate::tls {
namespace {

using settings::TlsLevel;

// RFC 3766's 112 bits: RSA-2048, P-224, SHA-224. Set here, because the context may have been told
// to speak to old peers.
constexpr int strength_level = 2;

int check_index() {
  static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

bool asks_for_chain(TlsLevel level) {
  return level == TlsLevel::verify || level == TlsLevel::verify_cn;
}
bool asks_for_name(TlsLevel level) {
  return level == TlsLevel::encrypt_cn || level == TlsLevel::verify_cn;
}

CertificateFault fault_of(int error) {
  switch (error) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return CertificateFault::expired;
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return CertificateFault::not_yet_valid;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_UNTRUSTED:
      return CertificateFault::untrusted;
    case X509_V_ERR_EE_KEY_TOO_SMALL:
    case X509_V_ERR_CA_KEY_TOO_SMALL:
    case X509_V_ERR_CA_MD_TOO_WEAK:
      return CertificateFault::weak;
    default:
      return CertificateFault::invalid;
  }
}

bool refuse(PeerCheck& check, X509_STORE_CTX* store, int error) {
  check.fault =
      error == X509_V_ERR_HOSTNAME_MISMATCH ? CertificateFault::name_mismatch : fault_of(error);
  check.detail = X509_verify_cert_error_string(error);
  X509_STORE_CTX_set_error(store, error);  // becomes the alert
  return false;
}

bool acceptable(PeerCheck& check, X509_STORE_CTX* store) {
  if (asks_for_chain(check.level)) {
    X509_VERIFY_PARAM* asked = X509_STORE_CTX_get0_param(store);
    X509_VERIFY_PARAM_set_time(asked, std::chrono::system_clock::to_time_t(check.now));
    X509_VERIFY_PARAM_set_auth_level(asked, strength_level);
    if (X509_verify_cert(store) != 1) return refuse(check, store, X509_STORE_CTX_get_error(store));
  }
  if (asks_for_name(check.level) && !names_host(X509_STORE_CTX_get0_cert(store), check.host))
    return refuse(check, store, X509_V_ERR_HOSTNAME_MISMATCH);
  X509_STORE_CTX_set_error(store, X509_V_OK);
  return true;
}

int on_certificate(X509_STORE_CTX* store, void*) {
  const int index = SSL_get_ex_data_X509_STORE_CTX_idx();
  const auto* ssl = static_cast<const SSL*>(X509_STORE_CTX_get_ex_data(store, index));
  auto* check = static_cast<PeerCheck*>(SSL_get_ex_data(ssl, check_index()));
  return !check || acceptable(*check, store);
}

}  // namespace

void let_peers_be_checked(SSL_CTX* context) {
  SSL_CTX_set_cert_verify_callback(context, on_certificate, nullptr);
}

void check_peer(SSL* ssl, PeerCheck& check) {
  SSL_set_ex_data(ssl, check_index(), &check);
  const bool asks = check.level != TlsLevel::encrypt;
  SSL_set_verify(ssl, asks ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
}

bool names_host(X509* certificate, const std::string& host) {
  boost::system::error_code error;
  boost::asio::ip::make_address(host, error);
  if (!error) return X509_check_ip_asc(certificate, host.c_str(), 0) == 1;
  // OpenSSL looks at the common name only where there is no dNSName, lets a wildcard stand for one
  // label, and compares with lengths, so that a NUL ends nothing.
  constexpr unsigned flags = X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS;
  return !host.empty() &&
         X509_check_host(certificate, host.data(), host.size(), flags, nullptr) == 1;
}

}  // namespace sealgate::tls
