// The value of a Content-Type or Content-Disposition field: a word, and its parameters (RFC 2045
// section 5.1, RFC 2231: continuations, character sets and percent encoding; RFC 2047 words in a
// value, which no standard allows and half the world writes).
//
// Tolerant: what cannot be read is left out. Of two parameters of one name the first counts.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace sealgate::message {

struct ParameterisedValue {
  std::string word;                               ///< "text/plain", "attachment"; lower case
  std::map<std::string, std::string> parameters;  ///< names in lower case, values in UTF-8

  /// Empty when it is absent.
  std::string get(const std::string& name) const;
};

/// `value` is unfolded. At most 100 parameters are read.
ParameterisedValue parse_parameters(std::string_view value);

}  // namespace sealgate::message
