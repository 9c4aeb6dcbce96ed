// Base64 (RFC 4648), in one line or in lines of 76 characters (RFC 2045 section 6.8); these written
// straight to where they are wanted: a message of ten megabytes is encoded once and copied nowhere.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace fakes {

/// What append_base64_lines() adds for so many octets.
std::size_t base64_lines_size(std::size_t octets);

/// Each line ends with CRLF, the last one too; nothing for no octets.
void append_base64_lines(std::string& to, std::string_view octets);

std::string base64_lines(std::string_view octets);

/// In one line, without a line end.
std::string base64(std::string_view octets);

/// White space counts for nothing. None: another character, or a length that cannot be; and bits
/// that no encoder leaves, so that no two texts are the same octets.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace fakes
