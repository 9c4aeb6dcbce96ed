// The message in which sealed content reaches its recipient: multipart/mixed of a text notice and
// one text/html attachment, whose only form carries the sealed content to the portal
// (docs/decisions/2026-11-24-the-envelope.md).
//
// The page has one form (POST, https), one button and no script, and loads nothing from anywhere.
// Addresses and other text of a message are escaped wherever they stand. Memory: one string of the
// envelope's size beside `sealed`, which is 1.37 times the content and some kilobytes.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "fakes/cloud/sealing.hpp"
#include "reference/host/time.hpp"

namespace fakes {

struct EnvelopeTexts {
  std::string service_name = "Secure Mail";
  std::string portal_url;  ///< https://portal.hybrid.test/open
};

/// The hidden fields, in their order; each value is base64.
inline constexpr std::array<std::string_view, 9> envelope_fields{
    "version",    "key-id",      "recipient", "sender", "message-id",
    "wrap-nonce", "wrapped-key", "nonce",     "content"};

/// A whole message (RFC 5322) with CRLF, from the sender to the recipient, under the message-id of
/// what is sealed. Throws std::invalid_argument for a portal that is not at https.
std::string make_envelope(const EnvelopeTexts& texts, const SealedFor& about, const Sealed& sealed,
                          host::WallTime now);

/// What a form brings back, not yet opened.
struct EnvelopeContent {
  SealedFor about;
  Sealed sealed;
};

/// `field`: the value of the field of that name, empty where there is none. None: a field is
/// missing or no base64, or it is another version.
std::optional<EnvelopeContent> read_envelope(
    const std::function<std::string_view(std::string_view)>& field);

/// The hidden fields of a form in a page of the portal, as HTML.
void append_hidden_fields(std::string& html, const SealedFor& about, const Sealed& sealed);

}  // namespace fakes
