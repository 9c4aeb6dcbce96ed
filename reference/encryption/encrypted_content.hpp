// Whether a message is encrypted, by its structure alone: nobody's word counts here (RUL-28). Pure.
//
//   S/MIME        application/pkcs7-mime whose DER is an EnvelopedData or an AuthEnvelopedData (RFC
//                 8551 section 3.4, RFC 5652); a SignedData is readable and does not count
//   PGP/MIME      multipart/encrypted of a control part and an armoured message (RFC 3156 section
//   4) an envelope   an HTML page, alone or with a short cover, that holds one long block of base64
//                 which decodes to no text
//
// It tells plain text that is called encrypted from what is; it is no proof against a server that
// wants to deceive.
#pragma once

#include <string_view>

namespace sealgate::encryption {

enum class Cover { none, smime, pgp, envelope };
std::string_view to_word(Cover cover);

/// None too where the message passes a bound of the search.
Cover cover_of(std::string_view message);

}  // namespace sealgate::encryption
