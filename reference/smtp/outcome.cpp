#include "reference/smtp/outcome.hpp"

namespace sealgate::smtp {

std::string_view to_string(Phase phase) {
  switch (phase) {
    case Phase::greeting:
      return "greeting";
    case Phase::ehlo:
      return "ehlo";
    case Phase::starttls:
      return "starttls";
    case Phase::handshake:
      return "handshake";
    case Phase::auth:
      return "auth";
    case Phase::mail:
      return "mail";
    case Phase::rcpt:
      return "rcpt";
    case Phase::data:
      return "data";
    case Phase::content:
      return "content";
    case Phase::final_dot:
      return "final-dot";
    case Phase::rset:
      return "rset";
    case Phase::quit:
      return "quit";
    case Phase::idle:
      return "idle";
  }
  return {};
}

std::string_view to_string(Disposition disposition) {
  switch (disposition) {
    case Disposition::delivered:
      return "delivered";
    case Disposition::temporary:
      return "temporary";
    case Disposition::permanent:
      return "permanent";
  }
  return {};
}

std::string_view to_string(TlsFailure failure) {
  switch (failure) {
    case TlsFailure::not_offered:
      return "not-offered";
    case TlsFailure::refused:
      return "refused";
    case TlsFailure::garbage_reply:
      return "garbage-reply";
    case TlsFailure::connection_lost:
      return "connection-lost";
    case TlsFailure::plaintext_injected:
      return "plaintext-injected";
    case TlsFailure::handshake_failed:
      return "handshake-failed";
  }
  return {};
}

std::string_view to_string(SessionFailure::Kind kind) {
  switch (kind) {
    case SessionFailure::Kind::greeting_refused:
      return "greeting-refused";
    case SessionFailure::Kind::hello_refused:
      return "hello-refused";
    case SessionFailure::Kind::tls:
      return "tls";
    case SessionFailure::Kind::authentication:
      return "authentication";
    case SessionFailure::Kind::connection_lost:
      return "connection-lost";
    case SessionFailure::Kind::closing:
      return "closing";
    case SessionFailure::Kind::protocol_error:
      return "protocol-error";
  }
  return {};
}

}  // namespace sealgate::smtp
