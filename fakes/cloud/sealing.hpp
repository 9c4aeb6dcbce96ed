// What is sealed in an envelope, and how: AES-256-GCM under a fresh content key, which is wrapped
// under a key derived from the service's master key, the recipient and the generation of the
// recipient's account (docs/decisions/2026-11-24-the-envelope.md). All randomness is given.
//
// What was altered, cut, or put together from two messages does not open, and nothing of it is
// shown. A failure of OpenSSL other than that is a broken installation: std::runtime_error.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "fakes/cloud/wrapping_root.hpp"

namespace fakes {

using Nonce = std::array<unsigned char, 12>;

/// Said openly in the file and authenticated: who may open it, and which message it is.
struct SealedFor {
  std::string key_id;     ///< of the master key
  std::string recipient;  ///< the address, in lower case
  std::string sender;
  std::string message_id;

  friend bool operator==(const SealedFor&, const SealedFor&) = default;
};

/// Drawn anew for each message and recipient.
struct Fresh {
  SealingKey content_key{};
  Nonce content_nonce{};
  Nonce wrap_nonce{};
};

/// Raw octets, each ciphertext with its 16 octets of tag behind it.
struct Sealed {
  std::string wrap_nonce;
  std::string wrapped_key;
  std::string content_nonce;
  std::string content;
};

/// `about.key_id` is the root's; throws std::invalid_argument where it is not.
Sealed seal(const WrappingRoot& root, const std::string& generation, const SealedFor& about,
            const std::string& plaintext, const Fresh& fresh);

/// None: another master key, generation, recipient, sender or message-id, or not as it was sealed.
std::optional<std::string> open(const WrappingRoot& root, const std::string& generation,
                                const SealedFor& about, const Sealed& sealed);

}  // namespace fakes
