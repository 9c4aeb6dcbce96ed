// Canaries of messages and files that are sent as they are: what in them is telling.
#pragma once

#include <string>
#include <string_view>

#include "sim/plan/message.hpp"

namespace sealcheck::plan {

void add_envelope_canaries(Message& message);

/// Longer lines of text; those that only say how a message is made are none.
void add_line_canaries(Message& message, std::string_view text, const std::string& what);

/// A field's first line: enough for an identifier, which is never folded inside.
std::string header_value(std::string_view header, std::string_view name);

}  // namespace sealcheck::plan
