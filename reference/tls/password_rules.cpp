#include "reference/tls/password_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sealgate::tls {
namespace {

using settings::FieldError;

/// UTF-8 characters; a stray byte counts as one.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::optional<FieldError> check_length(std::string_view password, std::string_view field) {
  const std::size_t count = characters(password);
  if (count <= password_characters_max) return std::nullopt;
  return FieldError{std::string(field), fmt::format("it has {} characters, at most {} are allowed",
                                                    count, password_characters_max)};
}

}  // namespace

std::optional<FieldError> check_key_password(std::string_view password, std::string_view field) {
  if (password.empty()) return FieldError{std::string(field), "a private key needs a password"};
  return check_length(password, field);
}

std::optional<FieldError> check_pfx_password(std::string_view password, std::string_view field) {
  if (auto error = check_length(password, field)) return error;
  if (std::all_of(password.begin(), password.end(), is_alphanumeric)) return std::nullopt;
  return FieldError{std::string(field),
                    "only letters A to Z and digits are allowed in the password of a .pfx file: "
                    "export it again with such a password"};
}

}  // namespace sealgate::tls
