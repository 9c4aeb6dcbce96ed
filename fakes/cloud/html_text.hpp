// Text as HTML: fit for an element's content and for an attribute in double quotes alike.
//
// The answer is ASCII: whatever is not is written as a character reference, so that no transfer
// encoding and no guess at a charset changes it. What is not UTF-8, and control characters other
// than line ends and tabs, become U+FFFD.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fakes {

std::string to_html(std::string_view utf8);

/// The same, and no longer than so many characters: an ellipsis stands for the rest.
std::string to_html(std::string_view utf8, std::size_t characters_max);

}  // namespace fakes
