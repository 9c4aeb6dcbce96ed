// Why an attempt at one mail host failed: the closed list of words that a queue row, a log line and
// a snapshot show. It decides what RUL-03 counts as "TLS fails" and what not.
//
// Reasons of the DNS look-up are routing's own words (dns-timeout, no-such-domain, …).
#pragma once

#include <string_view>

#include "reference/host/tls_stream.hpp"
#include "reference/tls/negotiated.hpp"
#include "reference/tls/peer_check.hpp"

namespace sealgate::encryption {

enum class Failure {
  // RUL-03: no handshake with an acceptable peer.
  starttls_not_offered,
  starttls_refused,  ///< 4yz or 5yz
  starttls_garbage,  ///< no SMTP reply, neither 220 nor a refusal, or plain text behind the 220
  handshake_failed,  ///< an alert of either side, a late one for our certificate included
  handshake_eof,     ///< the peer closed between STARTTLS and the end of the handshake
  handshake_reset,
  handshake_timed_out,
  no_common_version,      ///< either side found no version that both speak, or we got another one
  cipher_too_weak,        ///< fewer bits than asked for, or the peer says that ours are too few
  no_credentials,         ///< the peer presented no certificate
  certificate_untrusted,  ///< at the levels Verify and Verify+CN: no way to a trusted CA
  certificate_expired,
  certificate_not_yet_valid,
  certificate_name_mismatch,   ///< at the levels with CN
  certificate_weak,            ///< a key or a signature below 112 bits
  client_certificate_refused,  ///< by an alert for ours, which we had to show
  certificate_self_signed,     ///< the same, and ours is a self-signed one (CRT-06)
  certificate_invalid,         ///< whatever else is wrong with the peer's
  // Not a failure of TLS: retried later, never in plain text instead.
  connection_refused,
  connection_timed_out,
  connection_lost,
  host_unreachable,
  authentication_in_clear,     ///< required, and there was no TLS to say it over
  authentication_not_offered,  ///< required, and the server does not know how
  authentication_refused,
  tampered,         ///< a record altered on the path, after the handshake
  protocol_error,   ///< no SMTP, or a reply out of place
  temporary_reply,  ///< 4yz
  session_refused,  ///< by a service of ours before MAIL: no word about a recipient (RUL-10)
  permanent_reply,  ///< 5yz: final
  reply_lost,       ///< after the final dot: a retry may duplicate (RFC 1047)
};

/// "starttls-not-offered", …
std::string_view to_word(Failure failure);

/// RUL-03.
bool is_tls_failure(Failure failure);

/// Of a handshake that did not complete. `certificate_shown`: ours, to a peer that asked for it.
Failure classify_handshake(const host::TlsFailure& failure, bool certificate_shown = false);
/// Of a handshake that we ended, because of the peer's certificate or of what was negotiated.
Failure failure_of(tls::CertificateFault fault);
Failure failure_of(tls::Weakness weakness);
/// Of a channel that ended after the STARTTLS reply was due and before the handshake began.
Failure classify_before_handshake(host::ErrorCode error);
/// Of a connection attempt.
Failure classify_connect(host::ErrorCode error);
/// Of an established channel. `late_certificate_alert`: TLS 1.3, see tls::is_certificate_alert().
Failure classify_channel(host::ErrorCode error, bool late_certificate_alert,
                         bool certificate_shown = false);

/// The word for a service that refuses us, over TLS, where our certificate is a self-signed one:
/// an alert for it, or a final refusal of the session (CRT-06).
Failure blame_self_signed(Failure failure, bool permanently);

}  // namespace sealgate::encryption
