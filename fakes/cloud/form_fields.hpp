// What a browser sends of a form: application/x-www-form-urlencoded (WHATWG URL section 5), and the
// cookies of a request (RFC 6265 section 4.2).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace fakes {

class FormFields {
 public:
  /// None: more than so many fields.
  static std::optional<FormFields> parse(std::string_view body, std::size_t fields_max = 40);

  /// Empty where there is none. The first of several.
  std::string_view operator[](std::string_view name) const;

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

/// As RFC 5987 wants a file's name: letters and digits stay.
std::string percent_encoded(std::string_view text);

/// The value of the first cookie of that name in a Cookie field; empty: none.
std::string_view cookie(std::string_view field, std::string_view name);

}  // namespace fakes
