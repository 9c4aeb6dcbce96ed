// Octets as hexadecimal digits in lower case, and back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fakes {

std::string to_hex(std::string_view octets);

/// None: an odd number of digits, or other characters.
std::optional<std::string> from_hex(std::string_view digits);

}  // namespace fakes
