// HTML as the text that its reader sees, near enough for a search: tags dropped, block elements as
// line breaks, entities decoded, comments, script and style left out. Inline tags vanish without a
// trace, so that "confi<b>den</b>tial" is one word.
//
// No parser of documents: one linear pass that accepts anything. UTF-8 in, UTF-8 out, never longer
// than the input.
#pragma once

#include <string>
#include <string_view>

namespace sealgate::message {

std::string html_to_text(std::string_view html);

}  // namespace sealgate::message
