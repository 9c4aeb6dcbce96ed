// The values that words stand for, and the standard types made of them.
//
// Each parser takes the whole text and returns nothing when it is not such a value, overflow
// included.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace syntax {

class Vocabulary;

/// Decimal, with an optional '-'.
std::optional<std::int64_t> parse_integer(std::string_view text);

/// One or more of 12d 3h 15m 30s 500ms 20us 7ns, from the largest unit to the smallest, each at
/// most once: 1h30m. A bare number is none, not even 0. Never negative.
std::optional<std::chrono::nanoseconds> parse_duration(std::string_view text);
/// The shortest text that parse_duration() reads back: "1h30m", "0s". Negative ones get a '-'.
std::string format_duration(std::chrono::nanoseconds duration);

/// Bytes: 512, 512B, 10kB, 5MB, 1GB (powers of 1000), 64KiB, 2MiB, 1GiB (powers of 1024).
std::optional<std::int64_t> parse_size(std::string_view text);

/// Letters, digits, '-', '_' and '.', at most 128 of them.
bool is_name(std::string_view text);
/// Letter-digit-hyphen labels, '_' allowed (RFC 8552); at most 253 bytes; not all digits and dots.
bool is_domain(std::string_view text);
/// An IPv4 or IPv6 address.
bool is_ip(std::string_view text);
/// A domain or an address.
bool is_host(std::string_view text);
/// local@domain or local@[ip], the local part a dot-string (RFC 5321 section 4.1.2) of at most 64
/// bytes.
bool is_address(std::string_view text);
/// An area in capitals, perhaps several, and a number of two to four digits: RUL-06, TLS-M-02.
bool is_requirement_id(std::string_view text);

struct Network {
  std::string ip;
  int prefix_length = 0;  ///< 32 or 128 when none was given
};
/// "10.0.0.0/8", "2001:db8::/32", "192.0.2.1".
std::optional<Network> parse_network(std::string_view text);

struct HostPort {
  std::string host;  ///< an address without brackets, or a domain
  std::uint16_t port = 0;
};
/// "192.0.2.1:25", "[2001:db8::1]:25", "mx.partner.test:25".
std::optional<HostPort> parse_endpoint(std::string_view text);

/// Registers: string, path (quoted); name, integer, duration, size, domain, host, address, ip,
/// network, endpoint, requirement-id (words); any (either).
void add_standard_types(Vocabulary& vocabulary);

}  // namespace syntax
