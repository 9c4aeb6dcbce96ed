// An x-header as the settings write it, `header name:value`: what the gateway and the encryption
// server tell each other by (TPA-16 to TPA-18).
//
// The name is a field name of RFC 5322 section 3.6.8, the value printable ASCII on one line
// (section 2.2), both within the 998 octets of section 2.1.1. Fields that say where a message comes
// from, goes to and is (Received, From, Content-Type, …) are refused: to add or remove one would
// alter the message.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include "reference/settings/field_error.hpp"

namespace sealgate::settings {

inline constexpr std::size_t x_header_octets_max = 998;  ///< "name: value", without its CRLF

struct XHeader {
  std::string name;   ///< as written: "X-Encrypt"
  std::string value;  ///< never empty, no white space around it

  /// RUL-27: the name without case, the value exactly; white space around it does not count.
  bool matches(std::string_view field_name, std::string_view field_value) const;
  std::string text() const { return name + ":" + value; }

  friend bool operator==(const XHeader&, const XHeader&) = default;
};

/// Whether two field names are the same, letter case aside.
bool same_field_name(std::string_view a, std::string_view b);

/// `field` is the name to complain about: "Encryption X-header". White space around the value is
/// removed, everything else that is wrong is refused.
std::variant<XHeader, FieldError> parse_x_header(std::string field, std::string_view text);

}  // namespace sealgate::settings
