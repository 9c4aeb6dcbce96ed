#include "reference/encryption/tls_failure.hpp"

#include <openssl/ssl.h>

#include "reference/tls/handshake_setup.hpp"

namespace sealgate::encryption {

namespace errc = boost::system::errc;

std::string_view to_word(Failure failure) {
  switch (failure) {
    case Failure::starttls_not_offered:
      return "starttls-not-offered";
    case Failure::starttls_refused:
      return "starttls-refused";
    case Failure::starttls_garbage:
      return "starttls-garbage";
    case Failure::handshake_failed:
      return "handshake-failed";
    case Failure::handshake_eof:
      return "handshake-eof";
    case Failure::handshake_reset:
      return "handshake-reset";
    case Failure::handshake_timed_out:
      return "handshake-timed-out";
    case Failure::no_common_version:
      return "no-common-tls-version";
    case Failure::cipher_too_weak:
      return "cipher-too-weak";
    case Failure::no_credentials:
      return "no-credentials";
    case Failure::certificate_untrusted:
      return "certificate-untrusted";
    case Failure::certificate_expired:
      return "certificate-expired";
    case Failure::certificate_not_yet_valid:
      return "certificate-not-yet-valid";
    case Failure::certificate_name_mismatch:
      return "certificate-name-mismatch";
    case Failure::certificate_weak:
      return "certificate-weak";
    case Failure::client_certificate_refused:
      return "client-certificate-refused";
    case Failure::certificate_self_signed:
      return "certificate-self-signed";
    case Failure::certificate_invalid:
      return "certificate-invalid";
    case Failure::connection_refused:
      return "connection-refused";
    case Failure::connection_timed_out:
      return "connection-timed-out";
    case Failure::connection_lost:
      return "connection-lost";
    case Failure::host_unreachable:
      return "host-unreachable";
    case Failure::authentication_in_clear:
      return "authentication-in-clear";
    case Failure::authentication_not_offered:
      return "authentication-not-offered";
    case Failure::authentication_refused:
      return "authentication-refused";
    case Failure::tampered:
      return "tampered";
    case Failure::protocol_error:
      return "protocol-error";
    case Failure::temporary_reply:
      return "temporary-reply";
    case Failure::session_refused:
      return "session-refused";
    case Failure::permanent_reply:
      return "permanent-reply";
    case Failure::reply_lost:
      return "reply-lost";
  }
  return "?";
}

bool is_tls_failure(Failure failure) {
  return failure <= Failure::certificate_invalid;
}

namespace {

/// By which a peer says what it thinks of our certificate, and nothing else.
bool names_the_certificate(int alert) {
  return alert != SSL_AD_HANDSHAKE_FAILURE && tls::is_certificate_alert(alert);
}

}  // namespace

Failure classify_handshake(const host::TlsFailure& failure, bool certificate_shown) {
  if (failure.alert == SSL_AD_PROTOCOL_VERSION || failure.no_common_version)
    return Failure::no_common_version;
  if (failure.alert == SSL_AD_INSUFFICIENT_SECURITY) return Failure::cipher_too_weak;
  if (certificate_shown && names_the_certificate(failure.alert))
    return Failure::client_certificate_refused;
  // Another alert, and what makes OpenSSL send one (a garbled record).
  if (failure.alert >= 0) return Failure::handshake_failed;
  return classify_before_handshake(failure.error);
}

Failure failure_of(tls::CertificateFault fault) {
  using tls::CertificateFault;
  switch (fault) {
    case CertificateFault::untrusted:
      return Failure::certificate_untrusted;
    case CertificateFault::expired:
      return Failure::certificate_expired;
    case CertificateFault::not_yet_valid:
      return Failure::certificate_not_yet_valid;
    case CertificateFault::name_mismatch:
      return Failure::certificate_name_mismatch;
    case CertificateFault::weak:
      return Failure::certificate_weak;
    case CertificateFault::invalid:
      break;
  }
  return Failure::certificate_invalid;
}

Failure failure_of(tls::Weakness weakness) {
  switch (weakness) {
    case tls::Weakness::version_not_allowed:
      return Failure::no_common_version;
    case tls::Weakness::cipher_too_weak:
      return Failure::cipher_too_weak;
    case tls::Weakness::no_credentials:
      break;
  }
  return Failure::no_credentials;
}

Failure classify_before_handshake(host::ErrorCode error) {
  if (error == host::Error::timed_out) return Failure::handshake_timed_out;
  if (error == host::Error::end_of_stream) return Failure::handshake_eof;
  if (error == errc::connection_reset || error == errc::connection_aborted ||
      error == errc::broken_pipe) {
    return Failure::handshake_reset;
  }
  return Failure::handshake_failed;
}

Failure classify_connect(host::ErrorCode error) {
  if (error == errc::connection_refused) return Failure::connection_refused;
  if (error == host::Error::timed_out || error == errc::timed_out) {
    return Failure::connection_timed_out;
  }
  if (error == errc::host_unreachable || error == errc::network_unreachable) {
    return Failure::host_unreachable;
  }
  return Failure::connection_lost;
}

Failure classify_channel(host::ErrorCode error, bool late_certificate_alert,
                         bool certificate_shown) {
  if (late_certificate_alert) {
    return certificate_shown ? Failure::client_certificate_refused : Failure::handshake_failed;
  }
  if (error == host::Error::timed_out) return Failure::connection_timed_out;
  if (error == host::Error::tls_bad_record || error == host::Error::tls_alert) {
    return Failure::tampered;
  }
  return Failure::connection_lost;
}

Failure blame_self_signed(Failure failure, bool permanently) {
  const bool ours = failure == Failure::client_certificate_refused ||
                    (failure == Failure::session_refused && permanently);
  return ours ? Failure::certificate_self_signed : failure;
}

}  // namespace sealgate::encryption
