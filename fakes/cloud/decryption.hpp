// Inbound mail that comes encrypted: opened with the keys that the service was given, and marked
// with how that went (HYB-29 to HYB-31). Pure: message in, message out.
//
// Opened are an S/MIME message (RFC 8551: CMS EnvelopedData or AuthEnvelopedData as the whole
// message) and an envelope of this service (envelope.hpp). What is encrypted further in, a PGP
// message, or one that is only signed is no encrypted message here.
//
// The header that tells the result is the service's word to the gateway: whatever the sender wrote
// under that name, outside or within what was encrypted, is taken out first (RUL-24).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/cloud/sealing.hpp"
#include "fakes/core/certificate.hpp"

namespace fakes {

/// What opens the envelopes of one service to one account.
struct EnvelopeKey {
  std::shared_ptr<const WrappingRoot> root;
  std::string generation;
};

struct DecryptionConfig {
  bool attempted = true;  ///< false: nothing is opened, and forged marks are taken out all the same
  std::vector<std::shared_ptr<const Certificate>> smime;  ///< with their private keys
  std::vector<EnvelopeKey> envelopes;

  std::string header = "X-Hybrid-Decryption";
  std::string success = "success";
  std::string failure = "failed";
};

enum class DecryptionOutcome { not_attempted, not_encrypted, decrypted, failed };
/// "not-attempted", "not-encrypted", …
std::string_view to_string(DecryptionOutcome outcome);

struct Decrypted {
  DecryptionOutcome outcome = DecryptionOutcome::not_attempted;
  /// For the analysis and the gateway. Where it failed: what came, marked. Where there was nothing
  /// to decrypt, or no attempt: what came, without forged marks.
  std::string content;
};

Decrypted decrypt(const DecryptionConfig& config, const std::string& message);

}  // namespace fakes
