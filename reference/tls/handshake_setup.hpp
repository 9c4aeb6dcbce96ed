// What is set on one SSL before its handshake, and asked of it afterwards.
#pragma once

#include <optional>
#include <string>

typedef struct ssl_st SSL;

namespace sealgate::tls {

/// Sends `host` as SNI, unless it is an IP address (RFC 6066 section 3).
void set_server_name(SSL* ssl, const std::string& host);

/// From now on received_alert() knows the last fatal alert that the peer sent.
void watch_alerts(SSL* ssl);
/// The alert's number (RFC 8446 section 6), none: none came.
std::optional<int> received_alert(const SSL* ssl);

/// True for the alerts by which a TLS 1.3 server refuses the client's certificate, or its absence.
/// It can do so only after the client's handshake is complete (RFC 8446 sections 4.4.2.4 and 4.6),
/// and it still counts as a failure of the handshake (RUL-03).
bool is_certificate_alert(int alert);

}  // namespace sealgate::tls
