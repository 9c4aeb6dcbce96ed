// Finds an envelope of this service in a message, as another server than the one that made it
// would: in its HTML attachment, by the form's hidden fields.
#pragma once

#include <optional>
#include <string_view>

#include "fakes/cloud/envelope.hpp"

namespace fakes {

/// Nothing: the message has no such attachment. One that makes no sense has no key identifier, so
/// that no key opens it.
std::optional<EnvelopeContent> envelope_in(std::string_view message);

}  // namespace fakes
