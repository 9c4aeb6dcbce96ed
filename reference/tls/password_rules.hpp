// The document's limits on passwords, which the gateway enforces and the openssl tool does not
// (RUL-32): at most 100 characters (CSR-03, IMP-06), and alphanumeric for a .pfx file (IMP-03).
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "reference/settings/field_error.hpp"

namespace sealgate::tls {

inline constexpr std::size_t password_characters_max = 100;

/// Of a private key's file. `field` is the name to complain about.
std::optional<settings::FieldError> check_key_password(std::string_view password,
                                                       std::string_view field = "Key password");
/// Of a .pfx file. An empty one is allowed: the openssl tool exports with it.
std::optional<settings::FieldError> check_pfx_password(std::string_view password,
                                                       std::string_view field = "Password");

}  // namespace sealgate::tls
