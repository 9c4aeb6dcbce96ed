// TLS alerts by name (RFC 8446 section 6) and a plain-text alert record.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fakes {

/// "handshake_failure" → 40; nothing for a name that is not in RFC 8446 section 6 or RFC 5246.
std::optional<std::uint8_t> alert_from_name(std::string_view name);

/// 40 → "handshake_failure"; the number itself when it has no name.
std::string alert_name(int alert);

/// The seven octets of a fatal alert sent before any key is agreed (RFC 8446 section 5.1).
std::string fatal_alert_record(std::uint8_t alert);

/// How many octets the TLS record at the front of `bytes` has, header included (RFC 8446
/// section 5.1); nothing while its five header octets are incomplete.
std::optional<std::size_t> tls_record_size(std::string_view bytes);

}  // namespace fakes
