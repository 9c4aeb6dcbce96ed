// Seals a short secret for a file: AES-256-GCM (NIST SP 800-38D), so that an altered or foreign one
// is noticed. Text in, text out: base64 of nonce, tag and what was sealed. Pure.
//
// It keeps a secret from whoever sees the file without the key: a backup, a support bundle, an
// earlier version. Whoever has both has the secret.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace sealgate::tls {

using SecretKey = std::array<unsigned char, 32>;
/// Unpredictable, and never twice under one key.
using SecretNonce = std::array<unsigned char, 12>;

/// Throws std::runtime_error when OpenSSL cannot.
std::string seal_secret(const SecretKey& key, const SecretNonce& nonce, std::string_view secret);

/// Nothing: it was sealed under another key, altered, or never sealed.
std::optional<std::string> open_secret(const SecretKey& key, std::string_view sealed);

}  // namespace sealgate::tls
