// What a server offers in its reply to EHLO (RFC 5321 section 4.1.1.1). Unknown keywords and
// malformed parameters are ignored: an offer that we cannot read is an offer that was not made.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reference/smtp/reply.hpp"

namespace sealgate::smtp {

struct Capabilities {
  bool size = false;                            ///< RFC 1870
  std::optional<std::uint64_t> size_max_bytes;  ///< absent or SIZE 0: no fixed maximum
  bool pipelining = false;                      ///< RFC 2920
  bool eight_bit_mime = false;                  ///< RFC 6152
  bool enhanced_status_codes = false;           ///< RFC 2034
  bool starttls = false;                        ///< RFC 3207
  bool dsn = false;                             ///< RFC 3461
  bool smtputf8 = false;                        ///< RFC 6531
  std::vector<std::string> auth_mechanisms;     ///< RFC 4954, upper case, in the order offered

  friend bool operator==(const Capabilities&, const Capabilities&) = default;
};

/// Reads the lines after the first, which is the server's greeting and never a keyword.
Capabilities parse_capabilities(const Reply& ehlo_reply);

}  // namespace sealgate::smtp
