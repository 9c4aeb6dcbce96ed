// S/MIME as the encryption server makes it (RFC 8551): one CMS EnvelopedData, AES-256, that each of
// the certificates' keys opens. Randomness is OpenSSL's, which a simulated world seeds.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/core/certificate.hpp"
#include "fakes/core/header_fields.hpp"

namespace fakes::xheader {

/// The message with its content, and the fields that describe it, inside the envelope; every other
/// field stays outside as it was. Throws std::runtime_error when OpenSSL refuses a certificate.
std::string encrypt_smime(const std::string& message,
                          const std::vector<std::shared_ptr<const Certificate>>& recipients);

/// By its Content-Type: there is an envelope to be opened.
bool is_smime(const SplitMessage& message);
/// MIME-Version and the Content- fields.
bool describes_content(const HeaderLine& line);

/// What is in the envelope, as the holder of that certificate's key opens it; nothing where it is
/// no such message or not for him.
std::optional<std::string> decrypt_smime(std::string_view message, const Certificate& recipient);

}  // namespace fakes::xheader
