// The text of a part: whether it has any, and what it says as UTF-8.
//
// The declared type is believed when it says text, and not when it denies it: a text that travels
// as application/octet-stream is text all the same. HTML is turned into what its reader sees.
#pragma once

#include <string>
#include <string_view>

#include "reference/message/mime.hpp"

namespace sealgate::message {

/// `content` is the part's, decoded.
bool is_text_content(const MimePart& part, std::string_view content);

/// Valid UTF-8, whatever the part is.
std::string text_of(const MimePart& part, std::string content);

}  // namespace sealgate::message
