// Everything that a message holds, as an engine looks at it: the message as it came, each MIME part
// decoded (base64, quoted-printable), messages in messages, members of zip archives (libarchive),
// and archives in those. Written for the cloud alone, from RFC 2045 and RFC 2046.
//
// Lenient where a mail client would be: a broken encoding yields what can be decoded, a part that
// is never closed ends with the message. A zip archive that is encrypted or broken is looked at as
// it is, and told of. A format of another kind is no archive here: it is octets like any others.
// Everything is bounded; nothing is recursive beyond `depth`.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace fakes {

struct UnpackLimits {
  std::size_t depth = 20;                  ///< multiparts, messages and archives within each other
  std::size_t pieces = 2000;               ///< parts and members
  std::size_t octets = 128 * 1024 * 1024;  ///< decoded and inflated, together
};

enum class Unpacked {
  whole,
  up_to_a_limit,  ///< which ended it: what was not looked at may hold anything
  unreadable,     ///< the same of an archive: it could not be read to its end, or not at all
};

/// Calls `look` with each piece; the view is good during the call.
Unpacked unpack(std::string_view message, const UnpackLimits& limits,
                const std::function<void(std::string_view)>& look);

}  // namespace fakes
