// Decryption of inbound mail, as far as the gateway has a part in it: it recognises who decrypted
// and with what success, takes out what others say about that, and hands over what is encrypted to
// an encryption gateway (RUL-14, RUL-24). Pure.
//
// What comes from the IP group of a way was decrypted, or not, by that way; its result header stays
// on the message for whoever reads it. From any other address a field of that name is a forgery.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reference/encryption/leg.hpp"
#include "reference/settings/settings.hpp"

namespace sealgate::encryption {

/// What became of a message before it came here.
struct DecryptionFindings {
  /// By the encryption gateway it was sent to: it is not sent there again.
  bool returned = false;
  /// "decrypted by the encryption gateway", "the hybrid service could not decrypt it", and so on;
  /// empty: nobody tried.
  std::string said;
  /// Names of the fields that went, for the log.
  std::vector<std::string> forged;
};

/// Takes the forged ones out of `message`.
DecryptionFindings read_decryption(const settings::Settings& settings, const host::Address& client,
                                   std::string& message);

/// Whether an inbound message with these findings goes to the encryption gateway (HYB-23): there is
/// one, it has not been there, and its content is encrypted: by its type (S/MIME, PGP/MIME) or by
/// what it holds (an envelope of the hybrid service).
bool needs_decryption(const settings::Decryption& decryption, const DecryptionFindings& findings,
                      std::string_view message);

/// To the encryption gateway; nobody is asked for TLS there, for what travels is encrypted. Without
/// servers of its own it is the third party's, with their login.
LegOrUnavailable decryption_leg(const settings::Settings& settings);

}  // namespace sealgate::encryption
