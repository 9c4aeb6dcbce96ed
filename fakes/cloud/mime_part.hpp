// One MIME entity as the cloud's analysis reads it: where its content is and how it is written
// (RFC 2045, RFC 2046). Views into the text, which must outlive them; nothing here fails: what
// makes no sense is plain text.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace fakes {

struct MimePart {
  enum class Encoding { none, base64, quoted_printable };

  std::string_view body;
  Encoding encoding = Encoding::none;
  std::string type;         ///< "text/html"; empty: none was given
  bool is_message = false;  ///< message/rfc822 or message/global
  std::string boundary;     ///< of a multipart; else empty
  std::string smime_type;   ///< of application/pkcs7-mime, "enveloped-data"; else empty
};

/// Header fields, an empty line, content.
MimePart read_part(std::string_view entity);

/// The body without its encoding. Skips what does not belong there.
std::string decode(const MimePart& part);

/// Each entity between the boundaries (RFC 2046 section 5.1.1), until `on_part` says false, which
/// is then the answer.
bool for_each_part(std::string_view body, const std::string& boundary,
                   const std::function<bool(std::string_view)>& on_part);

}  // namespace fakes
