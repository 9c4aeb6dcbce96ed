// A value that the gateway does not take: which field it was given for, and why not, in words that
// an administrator can act upon. Nothing has changed where one is returned.
#pragma once

#include <string>

namespace sealgate::settings {

struct FieldError {
  std::string field;   ///< as the console's page or the settings file names it: "Password"
  std::string reason;  ///< one clause, with the remedy where it is not obvious

  /// "Password: it has 101 characters, at most 100 are allowed"
  std::string text() const { return field + ": " + reason; }

  friend bool operator==(const FieldError&, const FieldError&) = default;
};

}  // namespace sealgate::settings
