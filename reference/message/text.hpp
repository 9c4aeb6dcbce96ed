// Header text as a reader sees it: RFC 2047 encoded words decoded to UTF-8 (by GMime). The result
// is always valid UTF-8: raw 8-bit text is read as UTF-8, else as Windows-1252; what cannot be
// decoded stays as it was written. For searching and showing; never written back into a message.
#pragma once

#include <string>
#include <string_view>

#include "reference/message/header.hpp"

namespace sealgate::message {

/// `value` is an unfolded field value of unstructured text.
std::string decode_text(std::string_view value);

/// The Subject, decoded; empty without one. A message with several (RFC 5322 section 3.6 allows
/// one) yields all of them, a line each, so that none escapes a search.
std::string decoded_subject(const Header& header);
std::string decoded_subject(std::string_view message);

}  // namespace sealgate::message
