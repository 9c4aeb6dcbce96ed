// S/MIME as the encryption server makes it (RFC 8551): one CMS EnvelopedData, AES-256, that each of
// the certificates' keys opens. Randomness is OpenSSL's, which a simulated world seeds.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "fakes/core/certificate.hpp"

namespace fakes::xheader {

/// The message with its content, and the fields that describe it, inside the envelope; every other
/// field stays outside as it was. Throws std::runtime_error when OpenSSL refuses a certificate.
std::string encrypt_smime(const std::string& message,
                          const std::vector<std::shared_ptr<const Certificate>>& recipients);

}  // namespace fakes::xheader
