#include "reference/encryption/tls_failure.hpp"

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
    case Failure::too_weak:
      return "too-weak";
    case Failure::no_credentials:
      return "no-credentials";
    case Failure::certificate_not_acceptable:
      return "certificate-not-acceptable";
    case Failure::connection_refused:
      return "connection-refused";
    case Failure::connection_timed_out:
      return "connection-timed-out";
    case Failure::connection_lost:
      return "connection-lost";
    case Failure::host_unreachable:
      return "host-unreachable";
    case Failure::tampered:
      return "tampered";
    case Failure::protocol_error:
      return "protocol-error";
    case Failure::temporary_reply:
      return "temporary-reply";
    case Failure::permanent_reply:
      return "permanent-reply";
    case Failure::reply_lost:
      return "reply-lost";
  }
  return "?";
}

bool is_tls_failure(Failure failure) {
  return failure <= Failure::certificate_not_acceptable;
}

Failure classify_handshake(const host::TlsFailure& failure) {
  // An alert, and what makes OpenSSL send one (a garbled record, no common version).
  if (failure.alert >= 0) return Failure::handshake_failed;
  return classify_before_handshake(failure.error);
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

Failure classify_channel(host::ErrorCode error, bool late_certificate_alert) {
  if (late_certificate_alert) return Failure::handshake_failed;
  if (error == host::Error::timed_out) return Failure::connection_timed_out;
  if (error == host::Error::tls_bad_record || error == host::Error::tls_alert) {
    return Failure::tampered;
  }
  return Failure::connection_lost;
}

}  // namespace sealgate::encryption
