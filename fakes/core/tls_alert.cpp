#include "fakes/core/tls_alert.hpp"

#include <array>
#include <utility>

namespace fakes {
namespace {

constexpr std::array<std::pair<int, std::string_view>, 28> alerts{{
    {0, "close_notify"},
    {10, "unexpected_message"},
    {20, "bad_record_mac"},
    {22, "record_overflow"},
    {40, "handshake_failure"},
    {42, "bad_certificate"},
    {43, "unsupported_certificate"},
    {44, "certificate_revoked"},
    {45, "certificate_expired"},
    {46, "certificate_unknown"},
    {47, "illegal_parameter"},
    {48, "unknown_ca"},
    {49, "access_denied"},
    {50, "decode_error"},
    {51, "decrypt_error"},
    {70, "protocol_version"},
    {71, "insufficient_security"},
    {80, "internal_error"},
    {86, "inappropriate_fallback"},
    {90, "user_canceled"},
    {100, "no_renegotiation"},  // RFC 5246 only
    {109, "missing_extension"},
    {110, "unsupported_extension"},
    {112, "unrecognized_name"},
    {113, "bad_certificate_status_response"},
    {115, "unknown_psk_identity"},
    {116, "certificate_required"},
    {120, "no_application_protocol"},
}};

}  // namespace

std::optional<std::uint8_t> alert_from_name(std::string_view name) {
  for (const auto& [number, known] : alerts) {
    if (known == name) return static_cast<std::uint8_t>(number);
  }
  return std::nullopt;
}

std::string alert_name(int alert) {
  for (const auto& [number, known] : alerts) {
    if (number == alert) return std::string(known);
  }
  return std::to_string(alert);
}

std::string fatal_alert_record(std::uint8_t alert) {
  // Content type alert (21), legacy version TLS 1.2, two octets: level fatal (2), description.
  std::string record("\x15\x03\x03\x00\x02\x02", 6);
  record += static_cast<char>(alert);
  return record;
}

std::optional<std::size_t> tls_record_size(std::string_view bytes) {
  constexpr std::size_t header_size = 5;
  if (bytes.size() < header_size) return std::nullopt;
  const auto high = static_cast<unsigned char>(bytes[3]);
  const auto low = static_cast<unsigned char>(bytes[4]);
  return header_size + high * 256u + low;
}

}  // namespace fakes
