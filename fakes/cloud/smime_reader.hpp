// An S/MIME message is found and opened (RFC 8551, RFC 5652): the cloud's side of what a sender's
// mail program, or the openssl tool, makes.
#pragma once

#include <optional>
#include <string>

#include "fakes/core/certificate.hpp"

namespace fakes {

/// The CMS octets of a message that says it is encrypted. Nothing: it is another, or only signed.
std::optional<std::string> smime_content(std::string_view message);

/// The MIME entity inside. Nothing: it is not for that certificate, or not as it was encrypted.
std::optional<std::string> open_smime(const std::string& cms, const Certificate& certificate);

}  // namespace fakes
