// Text in another charset than UTF-8, and the transfer encodings of RFC 2045 and RFC 2047: what a
// message builder needs and no parser of the gateway's shares.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sealcheck::plan {

/// Nothing when the charset lacks a character, or the text is no UTF-8. UTF-16 gets no byte order
/// mark: it is big-endian, as RFC 2781 has it without one.
std::optional<std::string> to_charset(std::string_view utf8, const std::string& charset);

bool is_ascii(std::string_view text);

/// In lines of 76 characters that end with CRLF.
std::string base64_lines(std::string_view bytes);

/// RFC 2045 section 6.7. With `text` a CRLF stays a line end; else it is encoded like any octet.
std::string quoted_printable(std::string_view bytes, bool text);

/// A header field's text, as encoded words of RFC 2047 where it is not ASCII.
std::string header_text(std::string_view utf8);

}  // namespace sealcheck::plan
