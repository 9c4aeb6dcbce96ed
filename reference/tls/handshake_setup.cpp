#include "reference/tls/handshake_setup.hpp"

#include <openssl/ssl.h>

#include <boost/asio/ip/address.hpp>
#include <cstdint>

namespace sealgate::tls {
namespace {

int alert_index() {
  static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

// The alert itself is kept in the session's slot, as its number plus one: null is "none".
void remember_alert(const SSL* ssl, int where, int value) {
  if (where != SSL_CB_READ_ALERT || (value >> 8) != SSL3_AL_FATAL) return;
  const auto number = static_cast<std::intptr_t>((value & 0xff) + 1);
  SSL_set_ex_data(const_cast<SSL*>(ssl), alert_index(), reinterpret_cast<void*>(number));
}

bool is_address(const std::string& host) {
  boost::system::error_code error;
  boost::asio::ip::make_address(host, error);
  return !error || host.starts_with('[');
}

}  // namespace

void set_server_name(SSL* ssl, const std::string& host) {
  if (!host.empty() && !is_address(host)) SSL_set_tlsext_host_name(ssl, host.c_str());
}

void watch_alerts(SSL* ssl) {
  SSL_set_info_callback(ssl, remember_alert);
}

std::optional<int> received_alert(const SSL* ssl) {
  const auto number = reinterpret_cast<std::intptr_t>(SSL_get_ex_data(ssl, alert_index()));
  if (number == 0) return std::nullopt;
  return static_cast<int>(number - 1);
}

bool is_certificate_alert(int alert) {
  switch (alert) {
    case SSL_AD_HANDSHAKE_FAILURE:
    case SSL_AD_BAD_CERTIFICATE:
    case SSL_AD_UNSUPPORTED_CERTIFICATE:
    case SSL_AD_CERTIFICATE_REVOKED:
    case SSL_AD_CERTIFICATE_EXPIRED:
    case SSL_AD_CERTIFICATE_UNKNOWN:
    case SSL_AD_UNKNOWN_CA:
    case SSL_AD_ACCESS_DENIED:
    case SSL_AD_CERTIFICATE_REQUIRED:
      return true;
    default:
      return false;
  }
}

}  // namespace sealgate::tls
