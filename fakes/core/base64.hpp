// Base64 as the fakes write and read it (RFC 4648), by OpenSSL.
#pragma once

#include <string>
#include <string_view>

namespace fakes {

/// In one line, without a line end.
std::string base64(std::string_view octets);
/// In lines of 76 characters with CRLF (RFC 2045 section 6.8).
std::string base64_lines(std::string_view octets);
/// White space is skipped; empty where it is no base64.
std::string from_base64(std::string_view text);

}  // namespace fakes
