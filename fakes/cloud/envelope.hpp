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

/// Makes the envelopes of one service: what they have in common is put together once.
class EnvelopeMaker {
 public:
  /// Throws std::invalid_argument for a portal that is not at https.
  explicit EnvelopeMaker(const EnvelopeTexts& texts);

  /// A whole message (RFC 5322) with CRLF, from the sender to the recipient, under the message-id
  /// of what is sealed.
  std::string make(const SealedFor& about, const Sealed& sealed, host::WallTime now) const;

 private:
  std::string notice_;      ///< between its sender and its recipient
  std::string notice_end_;  ///< behind the recipient
  bool notice_is_ascii_;    ///< in both
  std::string page_;        ///< up to the sender
  std::string form_;        ///< from behind the recipient up to the hidden fields
  std::string page_end_;    ///< behind them
};

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
