// Text in any character set as UTF-8, by the C library's iconv. The result is always valid UTF-8.
//
// Nothing fails: bytes that mean nothing in the set become U+FFFD, and an unknown set is read as
// UTF-8 if that is what the bytes are, else as Windows-1252. The output is at most six times the
// input. The name comes from a stranger: only letters, digits and '-', '_', '.', ':', '+' reach
// iconv.
#pragma once

#include <string>
#include <string_view>

namespace sealgate::message {

struct Utf8Text {
  std::string text;
  bool charset_known = true;
  bool clean = true;  ///< no byte had to be replaced
};

/// An empty charset is US-ASCII, read as an unknown one. A byte order mark of UTF-8 or UTF-16
/// overrules the name, and is removed.
Utf8Text to_utf8(std::string bytes, std::string_view charset);

bool is_valid_utf8(std::string_view bytes);

}  // namespace sealgate::message
