// Content-Transfer-Encoding undone (RFC 2045 section 6), as a mail program undoes it that wants to
// show something: what is not part of the encoding is skipped, a missing end is no reason to stop.
//
// Pure; the output is never longer than the input. An unknown encoding is read as it stands.
#pragma once

#include <string>
#include <string_view>

namespace sealgate::message {

enum class TransferEncoding { identity, base64, quoted_printable };

/// 7bit, 8bit, binary and what nobody knows are identity.
TransferEncoding transfer_encoding_from(std::string_view word);

std::string decode_base64(std::string_view text);
/// The other way, without line ends.
std::string encode_base64(std::string_view bytes);
std::string decode_quoted_printable(std::string_view text);
std::string decode(TransferEncoding encoding, std::string_view text);

}  // namespace sealgate::message
